import type { Finding, Verdict } from '../search/check.js';

/** The verdict of a search over all paths on one rule. */
export interface GivenVerdict {
  readonly rule: string;
  readonly verdict: Verdict;
  /** Stimulus numbers of a shortest story that breaks the rule. */
  readonly calls?: readonly number[];
  /** For `possible`: goals that were not reached. */
  readonly missed?: readonly string[];
  /** For `possible`: goals that the scope cannot express. */
  readonly outOfScope?: readonly string[];
  /** Evidence of kernels, or the reason why there is none; one line each. */
  readonly evidence: readonly string[];
}

/**
 * The data that a page gets about a design in a scope. The page runs the machines itself; only a search over all paths
 * can provide this data.
 */
export interface Given {
  readonly version: string;
  readonly design: string;
  readonly scope: string;
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
}

/** Ids of the element that hosts the explorer, and of the element with its JSON data. */
export const HOST = 'explorer';
export const GIVEN = 'explorer-given';
