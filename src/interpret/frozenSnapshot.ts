import type { AnyMachineSnapshot, EventObject, StateValue } from 'xstate';
import type { Snapshot, SnapshotData } from '../model/network.js';
import { checkEvent, checkState, checkTag } from './checkNames.js';
import { deepFreeze } from './deepFreeze.js';
import { strictPrototype } from './strictObject.js';

/** A read-only view of XState's snapshot for rules: the fields that describe the state, without actors and machine. */
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
  // Each getter returns a bound function, so that a rule can destructure the snapshot. The checks do at run time what
  // XState's types do: they reject unknown names, since a misspelt name would never match.
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

/** The fields that identify a component's state, as plain data. */
export const snapshotData = ({ value, context, output }: SnapshotData): SnapshotData => ({
  value,
  context,
  ...(output !== undefined && { output }),
});
