import type { Check } from '../../search/check.js';
import type { Observation } from './observations.js';
import type { TypedScope } from './scope.js';

/** The evidence of one kernel for a story, or the reason why no kernel can show it. */
export interface Evidence {
  /** The kernel on which the story was played. */
  readonly kernel?: string;
  readonly times?: Observation['times'];
  readonly seen: boolean;
  /** The reason why only the model shows it. */
  readonly because?: string;
}

/** A checked target. */
export interface Checked {
  /** The target as typed on the command line. */
  readonly target: string;
  /** Unset if the target has no scopes. */
  readonly scope?: TypedScope;
  readonly check: Check;
  /** Whether a kernel could play its stories. */
  readonly played: boolean;
  /**
   * Evidence by rule id, for broken rules: a list per break class in the order of the classes, or one list if the rule
   * has no classes. Empty for a network that models no kernel.
   */
  readonly evidence: ReadonlyMap<string, readonly (readonly Evidence[])[]>;
}
