import type { Check } from '../../search/check.js';
import type { Observation } from './observations.js';

/** What one kernel showed of a story, or why none can. */
export interface Evidence {
  /** The kernel that the story was played on. */
  readonly kernel?: string;
  readonly times?: Observation['times'];
  readonly seen: boolean;
  /** Why it is the model's word only. */
  readonly because?: string;
}

/** A target after its check. */
export interface Checked {
  /** As it is named on the command line. */
  readonly target: string;
  readonly check: Check;
  /**
   * What kernels showed of its broken rules, by the rule: of each break class in the order of the classes, or of the rule
   * where it has none. Empty for a network that is of no kernel.
   */
  readonly evidence: ReadonlyMap<string, readonly (readonly Evidence[])[]>;
}
