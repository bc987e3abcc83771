import type { Finding, Verdict } from '../search/check.js';

/** What the walk over all paths said of a rule. */
export interface GivenVerdict {
  readonly rule: string;
  readonly verdict: Verdict;
  /** Stimulus numbers of a shortest story that breaks it. */
  readonly calls?: readonly number[];
  /** For `possible`: what could not be reached. */
  readonly missed?: readonly string[];
  /** The same: goals that the scope cannot express. */
  readonly outOfScope?: readonly string[];
  /** Who has seen the story on a kernel, or why nobody has; a line each. */
  readonly evidence: readonly string[];
}

/** What a page is given of a design in a scope beside the machines: what only a walk over all paths can tell. */
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

/** Ids of the element in which the explorer shows itself, and of the JSON beside it. */
export const HOST = 'explorer';
export const GIVEN = 'explorer-given';
