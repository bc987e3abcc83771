import type { WriteSets } from '../store/writeSets.js';
import type { LocalCycles } from './localCycles.js';
import type { Orbits } from './orbits.js';

/** Effects of calls, by number of the cached effect. */
interface Effects {
  readonly changes: WriteSets;
  /** Writes the target of a call from `before` to `to`. */
  write(cell: number, before: Int32Array, to: Int32Array): void;
}

/** Maps states to the representatives that a search holds, and counts the states that each one represents. */
export class StateQuotient<W> {
  constructor(
    readonly orbits: Orbits | undefined,
    readonly localCycles: LocalCycles<W> | undefined,
  ) {}

  /** Replaces `state` by its representative. Returns the size of the orbit; 1 without symmetry. */
  apply(state: Int32Array): number {
    if (this.localCycles)
      for (let c = 0; c < state.length; c++) this.localCycles.representDigit(state, c);
    return this.orbits?.canonicalRepresentative(state) ?? 1;
  }

  /** The same for the state after a call from a representative: replaces only the digits that the call changed. */
  applyCall(cell: number, cells: Effects, before: Int32Array, to: Int32Array): number {
    cells.write(cell, before, to);
    const { changes } = cells;
    if (this.localCycles)
      for (let i = changes.begin(cell); i < changes.end(cell); i += 3)
        this.localCycles.representDigit(to, changes.triples[i]!);
    return this.orbits?.canonicalRepresentative(to) ?? 1;
  }

  /** Number of states that a representative represents if its orbit has `alike` states. */
  size(state: Int32Array, alike: number): number {
    return alike * (this.localCycles?.size(state) ?? 1);
  }

  /** Number of transitions that a call of `component` in a representative represents. */
  transitions(state: Int32Array, component: number): number {
    const alike = this.orbits?.canonicalRepresentative(Int32Array.from(state)) ?? 1;
    const { localCycles } = this;
    if (localCycles === undefined) return alike;
    return (
      (alike * localCycles.size(state)) / localCycles.members(component, state[component]!).length
    );
  }
}
