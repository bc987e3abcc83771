import type { Lumps } from './lumps.js';
import type { Orbits } from './symmetry.js';

/** Which states are held, and how many each of them stands for. */
export class Reduction<W> {
  constructor(
    readonly orbits: Orbits | undefined,
    readonly lumps: Lumps<W> | undefined,
  ) {}

  /** Replaces `state` by the one that is held for it; answers how many states that one stands for. */
  apply(state: Int32Array): number {
    const lumped = this.lumps?.settle(state) ?? 1;
    return lumped * (this.orbits?.least(state) ?? 1);
  }
}
