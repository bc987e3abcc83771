import type { AnyMachineSnapshot, EventObject, StateValue } from 'xstate';
import type { Snapshot, SnapshotData } from '../model/network.js';
import { checkEvent, checkState, checkTag } from './checkNames.js';
import { deepFreeze } from './deepFreeze.js';
import { strictPrototype } from './strictObject.js';

/** XState's snapshot as rules see it: what it says of the state, without what acts or belongs to others (actors, machine). */
export class FrozenSnapshot implements Snapshot {
  readonly value: unknown;
  // biome-ignore lint/suspicious/noExplicitAny: contexts are as different as machines are
  readonly context: any;
  readonly #of: AnyMachineSnapshot;

  constructor(of: AnyMachineSnapshot) {
    this.value = deepFreeze(of.value);
    this.context = deepFreeze(of.context);
    deepFreeze(of.output);
    this.#of = of;
    Object.freeze(this);
  }
  get status() {
    return this.#of.status;
  }
  get output(): unknown {
    return this.#of.output;
  }
  get tags(): ReadonlySet<string> {
    return new Set(this.#of.tags);
  }
  // Getters of functions, so that a rule can take them out of the snapshot. XState's types refuse what a machine does
  // not have, and a misspelt name would never match.
  get matches() {
    return (value: StateValue) => {
      checkState(this.#of.machine, value);
      return this.#of.matches(value);
    };
  }
  get hasTag() {
    return (tag: string) => {
      checkTag(this.#of.machine, tag);
      return this.#of.hasTag(tag);
    };
  }
  get can() {
    return (event: EventObject) => {
      checkEvent(this.#of.machine, event.type);
      return this.#of.can(event);
    };
  }
}
Object.setPrototypeOf(FrozenSnapshot.prototype, strictPrototype('a snapshot'));

/** What tells one state of a component from another, as plain data. */
export const snapshotData = ({ value, context, output }: SnapshotData): SnapshotData => ({
  value,
  context,
  ...(output !== undefined && { output }),
});
