import type { AnyMachineSnapshot, AnyStateMachine, EventObject } from 'xstate';
import type { TraversalOptions } from 'xstate/graph';
import { deepFreeze } from '../interpret/deepFreeze.js';
import { exactText } from '../interpret/exactText.js';
import { logicOf, PureMachine, persistedState } from '../interpret/pureMachine.js';
import { UserError } from '../model/userError.js';
import { SuccessorGraph } from '../store/successorGraph.js';

/** Default of `limit`, in transitions: more than a test of one machine can need. */
const LIMIT = 100_000;

/** The options that `TestModel.getPaths` passes on. */
export type GraphOptions = TraversalOptions<AnyMachineSnapshot, EventObject, unknown>;

/** All states that a machine reaches by the given events, and all transitions. Both are numbered. */
export interface StateGraph {
  readonly snapshots: readonly AnyMachineSnapshot[];
  /** The event of a transition is `events[successors.stimulus(entry)]`. */
  readonly events: readonly EventObject[];
  readonly successors: SuccessorGraph;
}

/**
 * Walks a machine breadth-first by the options of `xstate/graph`: `events` (a list, or a function of the state),
 * `filterEvents`, `fromState`, `input`, `stopWhen`, and `limit`, in transitions. Two states differ if anything
 * distinguishable in them differs, as in a check. An event for which a state has no transition is not sent there.
 * Throws RW104, RW105, RW114, RW123 and the errors of PureMachine for a machine that cannot be explored in this way.
 */
export function stateGraph(machine: AnyStateMachine, options: GraphOptions): StateGraph {
  const { events: offered, filterEvents = () => true, stopWhen, limit = LIMIT } = options;
  const pure = new PureMachine(`machine ${machine.id}`, logicOf(machine));
  const snapshots: AnyMachineSnapshot[] = [];
  const numbers = new Map<string, number>();
  const events: EventObject[] = [];
  const eventNumbers = new Map<string, number>();
  const successors = new SuccessorGraph();

  const numberOf = (snapshot: AnyMachineSnapshot) => {
    const identity = pure.key(persistedState(snapshot));
    let number = numbers.get(identity);
    if (number === undefined) {
      deepFreeze(snapshot.context);
      number = snapshots.push(snapshot) - 1;
      numbers.set(identity, number);
    }
    return number;
  };
  const eventNumberOf = (event: EventObject) => {
    const text = exactText(event, `the event ${event.type}`);
    let number = eventNumbers.get(text);
    if (number === undefined) {
      number = events.push(event) - 1;
      eventNumbers.set(text, number);
    }
    return number;
  };
  const eventsAt = (snapshot: AnyMachineSnapshot) =>
    (typeof offered === 'function' ? offered(snapshot) : (offered ?? [])).filter((event) =>
      filterEvents(snapshot, event),
    );

  numberOf(options.fromState ?? pure.start(options.input as never).next);
  for (let n = 0; n < snapshots.length; n++) {
    const snapshot = snapshots[n]!;
    if (snapshot.status !== 'active' || stopWhen?.(snapshot)) continue;
    // An event that is given twice is one transition.
    for (const number of new Set(eventsAt(snapshot).map(eventNumberOf))) {
      const event = events[number]!;
      if (event.type === '*')
        throw new UserError(
          'RW114',
          `machine ${machine.id} has a transition for any event ('*'); list the events: getPaths(allTransitions(), { events: [{ type: ... }, ...] })`,
        );
      const next = pure.on(event, snapshot)?.next;
      if (next === undefined) continue;
      if (successors.size === limit)
        throw new UserError(
          'RW105',
          `machine ${machine.id} has over ${limit} transitions: something in its context may grow without bound; limit it with a guard, by filterEvents or stopWhen, or give a greater limit`,
        );
      successors.add(n, number, numberOf(next));
    }
  }
  return { snapshots, events, successors };
}
