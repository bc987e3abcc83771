import type { Network, Rule } from '../model/network.js';
import type { Limits } from './limits.js';

/** Options of `check`; without `rules`, the rules of the network itself are checked. */
export interface CheckOptions extends Limits {
  readonly rules?: readonly Rule<unknown>[];
  /**
   * Whether one state may represent several: the states of a local cycle, and states that differ only by an exchange of
   * names that the network declares symmetric. `auto` tries reductions once 500,000 states are held. Default: off.
   */
  readonly reductions?: 'auto' | 'on' | 'off';
  /** Keep every transition. Paths need them; with reductions they are not available. */
  readonly keepTransitions?: boolean;
  /** Stop at the first violation or finding. */
  readonly untilBroken?: boolean;
}

/** The rules to check: those of the options, or else those of the network. */
export const rulesOf = <W>({ rules }: Network<W>, options: CheckOptions) =>
  (options.rules ?? rules ?? []) as readonly Rule<W>[];
