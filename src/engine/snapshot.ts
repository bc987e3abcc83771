import type { AnyMachineSnapshot, EventObject, StateValue } from 'xstate';
import type { Seen, StateSeen } from '../model/network.js';
import { frozen } from './frozen.js';
import { checkEvent, checkState, checkTag } from './namesOfMachine.js';
import { strictPrototype } from './strict.js';

/** XState's snapshot as rules see it: what it says of the state, without what acts or belongs to others (actors, machine). */
export class Snapshot implements Seen {
  readonly value: unknown;
  // biome-ignore lint/suspicious/noExplicitAny: contexts are as different as machines are
  readonly context: any;
  readonly #of: AnyMachineSnapshot;

  constructor(of: AnyMachineSnapshot) {
    this.value = frozen(of.value);
    this.context = frozen(of.context);
    frozen(of.output);
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
Object.setPrototypeOf(Snapshot.prototype, strictPrototype('a snapshot'));

/** What tells one state of a component from another, as plain data. */
export const stateOf = ({ value, context, output }: StateSeen): StateSeen => ({
  value,
  context,
  ...(output !== undefined && { output }),
});
