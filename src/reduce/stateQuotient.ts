import type { WriteSets } from '../store/writeSets.js';
import type { LocalCycles } from './localCycles.js';
import type { Orbits } from './orbits.js';

/** What calls do, by cell. */
interface Effects {
  readonly changes: WriteSets;
  /** Writes to `to` the state that a call leads to from `before`. */
  write(cell: number, before: Int32Array, to: Int32Array): void;
}

/** Which states are held, and how many each of them stands for. */
export class StateQuotient<W> {
  constructor(
    readonly orbits: Orbits | undefined,
    readonly lumps: LocalCycles<W> | undefined,
  ) {}

  /** Replaces `state` by the one that is held for it; answers how many exchanges of names make others of it. */
  apply(state: Int32Array): number {
    if (this.lumps) for (let c = 0; c < state.length; c++) this.lumps.settleOne(state, c);
    return this.orbits?.canonicalRepresentative(state) ?? 1;
  }

  /** The same after a call of a state that is held: only what the call changed need be settled. */
  applyCall(cell: number, cells: Effects, before: Int32Array, to: Int32Array): number {
    cells.write(cell, before, to);
    const { changes } = cells;
    if (this.lumps)
      for (let i = changes.begin(cell); i < changes.end(cell); i += 3)
        this.lumps.settleOne(to, changes.triples[i]!);
    return this.orbits?.canonicalRepresentative(to) ?? 1;
  }

  /** How many states one stands for of whose orbit there are `alike`. */
  size(state: Int32Array, alike: number): number {
    return alike * (this.lumps?.size(state) ?? 1);
  }

  /** How many transitions one stands for that calls `component` in a state that is held. */
  transitions(state: Int32Array, component: number): number {
    const alike = this.orbits?.canonicalRepresentative(Int32Array.from(state)) ?? 1;
    const { lumps } = this;
    if (lumps === undefined) return alike;
    return (alike * lumps.size(state)) / lumps.members(component, state[component]!).length;
  }
}
