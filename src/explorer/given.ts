import type { Finding, Verdict } from '../search/check.js';
import type { Recording } from './recording.js';

/** The verdict of a search over all paths on one rule. */
export interface GivenVerdict {
  readonly rule: string;
  readonly verdict: Verdict;
  /** Stimulus numbers of a shortest story that breaks the rule. */
  readonly calls?: readonly number[];
  /**
   * For a liveness rule: what never comes true in the story, and how the story goes on; or that it may starve. For
   * `serializable`: what the calls of the story do one after the other.
   */
  readonly aboutPath?: readonly string[];
  /** For `possible`: goals that were not reached. */
  readonly missed?: readonly string[];
  /** For `possible`: goals that the scope cannot express. */
  readonly outOfScope?: readonly string[];
  /** Evidence of kernels, or the reason why there is none; one line each. */
  readonly evidence: readonly string[];
}

/**
 * The data that a page gets about a design in a scope. The page runs the machines of ftrace itself; only a search over
 * all paths can provide this data.
 */
export interface Given {
  readonly version: string;
  readonly design: string;
  /** As typed; unset if the design has no scopes. */
  readonly scope?: string;
  readonly verdicts: readonly GivenVerdict[];
  readonly findings: readonly {
    readonly kind: Finding['kind'];
    readonly description: string;
    readonly calls: readonly number[];
  }[];
  readonly walked: {
    readonly states: number;
    readonly transitions: number;
    readonly complete: boolean;
    readonly stopped?: string;
  };
  /** The network, if the page does not have its machines. */
  readonly recording?: Recording;
}

/** Ids of the element that hosts the explorer, and of the element with its JSON data. */
export const HOST = 'explorer';
export const GIVEN = 'explorer-given';
