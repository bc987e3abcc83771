import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type EventObject,
  initialTransition,
  transition,
} from 'xstate';
import type { TraversalOptions } from 'xstate/graph';
import { Successors } from '../engine/successors.js';
import { Fault } from '../model/fault.js';
import { thrown } from '../model/oneLine.js';
import { identityOf, textOf } from './identity.js';

/** Transitions that are taken when `limit` is not given: more than a test of one machine can want. */
const LIMIT = 100_000;

/** What `TestModel.getPaths` hands on. */
export type GraphOptions = TraversalOptions<AnyMachineSnapshot, EventObject, unknown>;

/** Every state that a machine can reach by the events offered, and every transition, numbers for both. */
export interface StateGraph {
  readonly snapshots: readonly AnyMachineSnapshot[];
  /** Of each transition the event is `events[successors.stimulus(entry)]`. */
  readonly events: readonly EventObject[];
  readonly successors: Successors;
}

/**
 * Walks a machine breadth-first by the options of `xstate/graph`: `events` (a list, or a function of the
 * state), `filterEvents`, `fromState`, `input`, `stopWhen`, and `limit`, in transitions. States are told apart
 * by `identityOf`; an event for which a state has no transition is not sent there. Throws RW104, RW105, RW106,
 * RW109, RW114 for a machine that cannot be walked so.
 */
export function stateGraph(machine: AnyStateMachine, options: GraphOptions): StateGraph {
  const { events: offered, filterEvents = () => true, stopWhen, limit = LIMIT } = options;
  const snapshots: AnyMachineSnapshot[] = [];
  const numbers = new Map<string, number>();
  const events: EventObject[] = [];
  const eventNumbers = new Map<string, number>();
  const successors = new Successors();

  const numberOf = (snapshot: AnyMachineSnapshot) => {
    const identity = identityOf(snapshot);
    let number = numbers.get(identity);
    if (number === undefined) {
      number = snapshots.push(snapshot) - 1;
      numbers.set(identity, number);
    }
    return number;
  };
  const eventNumberOf = (event: EventObject) => {
    const text = textOf(event, `the event ${event.type}`);
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

  numberOf(options.fromState ?? initialTransition(machine, options.input)[0]);
  for (let n = 0; n < snapshots.length; n++) {
    const snapshot = snapshots[n]!;
    if (snapshot.status !== 'active' || stopWhen?.(snapshot)) continue;
    // An event that is offered twice is one transition.
    for (const number of new Set(eventsAt(snapshot).map(eventNumberOf))) {
      const next = answer(machine, snapshot, events[number]!);
      if (next === undefined) continue;
      if (successors.size === limit)
        throw new Fault(
          'RW105',
          `machine ${machine.id} has over ${limit} transitions: something in its context may grow for ever; bound it with a guard, by filterEvents or stopWhen, or give a greater limit`,
        );
      successors.add(n, number, numberOf(next));
    }
  }
  return { snapshots, events, successors };
}

/** The next state; undefined where there is no transition for the event. */
function answer(
  machine: AnyStateMachine,
  snapshot: AnyMachineSnapshot,
  event: EventObject,
): AnyMachineSnapshot | undefined {
  if (event.type === '*')
    throw new Fault(
      'RW114',
      `machine ${machine.id} has a transition for any event ('*'); say which there are: getPaths(allTransitions(), { events: [{ type: ... }, ...] })`,
    );
  try {
    if (machine.getTransitionData(snapshot, event).length === 0) return undefined;
    const [next] = transition(machine, snapshot, event);
    if (next.status === 'error') throw next.error;
    if (identityOf(next) === identityOf(transition(machine, snapshot, event)[0])) return next;
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault(
      'RW109',
      `machine ${machine.id} fails when it hears ${event.type}: ${thrown(error)}`,
    );
  }
  throw new Fault(
    'RW106',
    `machine ${machine.id} answers ${event.type} differently the second time: a clock, randomness or an object changed in place is in its guards or actions`,
  );
}
