import type { EventObject, StateValue } from 'xstate';
import type { ActorSnapshot, Snapshot, SnapshotData } from '../model/network.js';
import type { LogicSnapshot } from './actorLogic.js';
import { checkEvent, checkState, checkTag } from './checkNames.js';
import { deepFreeze } from './deepFreeze.js';
import { strictPrototype } from './strictObject.js';
import {
  actorsOf,
  type NamedActor,
  pathsOf,
  type SystemSnapshot,
  withoutActors,
} from './systemSnapshot.js';
import { timerName } from './timers.js';

/** A read-only view of XState's snapshot for rules: the fields that describe the state, without actors and machine. */
export class FrozenSnapshot implements Snapshot {
  readonly value: unknown;
  // biome-ignore lint/suspicious/noExplicitAny: contexts are as different as machines are
  readonly context: any;
  readonly #of: SystemSnapshot;

  constructor(of: SystemSnapshot) {
    this.value = deepFreeze(of.value);
    deepFreeze(of.context);
    this.context = deepFreeze(withoutActors(of.context, pathsOf(actorsOf(of))));
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
  get actors(): Readonly<Record<string, ActorSnapshot>> {
    return deepFreeze(Object.fromEntries(actorsOf(this.#of).map(viewOf)));
  }
  get timers(): readonly string[] {
    return deepFreeze((this.#of.system?.timers ?? []).map(timerName));
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
/** A started actor as rules see it; `value` of one that is no machine is undefined. */
function viewOf({ path, snapshot }: NamedActor): readonly [string, ActorSnapshot] {
  const { value, context, status, output } = snapshot as LogicSnapshot & { value?: unknown };
  return [path, { value, context: withoutActors(context, new Map()), status, output }];
}

Object.setPrototypeOf(FrozenSnapshot.prototype, strictPrototype('a snapshot'));

/** The fields that identify a component's state, as plain data. */
export const snapshotData = ({ value, context, output }: SnapshotData): SnapshotData => ({
  value,
  context,
  ...(output !== undefined && { output }),
});
