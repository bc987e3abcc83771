import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyStateNode,
  initialTransition,
  type StateValue,
  transition,
} from 'xstate';
import { thrown } from '../model/controlCharacters.js';
import type { Json, SnapshotData } from '../model/network.js';
import { UserError } from '../model/userError.js';
import { culprit } from './culprit.js';
import { deepFreeze, isMutation } from './deepFreeze.js';
import { exactText } from './exactText.js';
import { Impure, purely } from './purely.js';
import { thawed } from './thawed.js';

/** An action as XState's `transition` gives it back. */
export interface ExecutableAction {
  readonly type: string;
  readonly params?: { readonly event?: { readonly type: string }; readonly delay?: unknown };
}

/** What a machine answers an event, and the exact text of the state that it comes to. */
export interface Transition {
  readonly next: AnyMachineSnapshot;
  readonly key: string;
  readonly doings: readonly ExecutableAction[];
}

/** A state so that it can be written down: nodes of its history by their ids. */
export interface PersistedState extends SnapshotData {
  readonly history: Readonly<Record<string, readonly string[]>>;
  /** Ids of its active leaves in the order in which XState tries their eventless transitions, where that may matter. */
  readonly order?: readonly string[];
}

/** XState lists remembered nodes in the order in which they were entered, but enters them in document order again: the order means nothing. */
export function persistedState(snapshot: AnyMachineSnapshot): PersistedState {
  const { value, context, historyValue, output } = snapshot;
  const order = eventlessLeaves(snapshot._nodes).map(({ id }) => id);
  const history = Object.entries(historyValue)
    .map(([id, nodes]) => [id, nodes.map((node) => node.id).sort()] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const state = {
    ...{ value, context, history: Object.fromEntries(history) },
    ...(order.length > 0 && { order }),
  };
  return output === undefined ? state : { ...state, output };
}

/** The nodes from one up to the root that have eventless transitions. */
const eventless = (node: AnyStateNode | undefined): readonly AnyStateNode[] =>
  node === undefined
    ? []
    : [...((node.always?.length ?? 0) > 0 ? [node] : []), ...eventless(node.parent)];

/**
 * The active leaves that have eventless transitions, in the order of the snapshot; none where they have the same ones.
 * XState tries those of the leaf first that comes first there, which depends on what was entered when: where that is in
 * several regions, the order is part of the state.
 */
function eventlessLeaves(nodes: readonly AnyStateNode[]): readonly AnyStateNode[] {
  const leaves = nodes.filter(({ type }) => type === 'atomic' || type === 'final');
  if (leaves.length < 2) return [];
  const chains = leaves.map((leaf) => ({ leaf, ids: eventless(leaf).map(({ id }) => id) }));
  const some = chains.filter(({ ids }) => ids.length > 0);
  return new Set(some.map(({ ids }) => ids.join())).size < 2 ? [] : some.map(({ leaf }) => leaf);
}

/** Puts the active nodes of a snapshot into the order that was noted. */
export function inPersistedOrder(
  snapshot: AnyMachineSnapshot,
  { order }: PersistedState,
): AnyMachineSnapshot {
  if (order === undefined) return snapshot;
  const rank = ({ id }: AnyStateNode) => order.indexOf(id);
  const leaves = snapshot._nodes
    .filter((node) => rank(node) >= 0)
    .sort((one, other) => rank(one) - rank(other));
  const others = snapshot._nodes.filter((node) => !leaves.includes(node));
  return Object.assign(snapshot, { _nodes: [...others, ...leaves] });
}

export interface Event {
  readonly type: string;
}

/** How XState is asked of a machine. */
export interface MachineLogic {
  readonly machine: AnyStateMachine;
  start(input: Json | undefined): Result;
  transition(snapshot: AnyMachineSnapshot, event: Event): Result;
}
type Result = readonly [AnyMachineSnapshot, readonly unknown[]];

/** XState as it is. */
export function logicOf(machine: AnyStateMachine): MachineLogic {
  // Without it a machine that raises or moves without end would hang XState, and us.
  const { options } = machine;
  if (options.maxIterations === Number.POSITIVE_INFINITY) options.maxIterations = 10_000;
  return {
    machine,
    start: (input) => initialTransition(machine, input as never),
    transition: (snapshot, event) => transition(machine, snapshot, event),
  };
}

/**
 * A machine of which XState is asked everything twice, with contexts and events that cannot be changed in place. Each
 * method throws, naming what is to blame, RW106 for a machine that answers otherwise the second time, RW109 for one that
 * fails, RW120 for one that asks for chance or time, RW122 for one that changes its context or an event in place.
 */
export class PureMachine {
  constructor(
    /** As messages name it: `machine light`. */
    readonly name: string,
    readonly subject: MachineLogic,
  ) {}

  get machine(): AnyStateMachine {
    return this.subject.machine;
  }

  /** The first state. */
  start(input: Json | undefined): Transition {
    const once = (given: Json | undefined) => this.#answer(this.subject.start(given));
    const open = thawed(input);
    const [one, other] = this.#run('it starts', undefined, () => [
      once(deepFreeze(input)),
      once(open),
    ]);
    if (!isSameValue(input, open)) throw this.#changes('its input', 'it starts');
    if (!this.#isSame(one, other)) throw this.differs('starts differently the second time');
    return one;
  }

  /** What it does on an event; undefined where it has no transition for it. A machine in a final state of its root is done: XState's actors ignore events then. */
  on(event: Event, snapshot: AnyMachineSnapshot): Transition | undefined {
    if (snapshot.status !== 'active') return undefined;
    const at: At = [event, snapshot];
    deepFreeze(event);
    // Writes to what is frozen do nothing in code that is not strict: they show in copies that are not.
    const open: At = [thawed(event), { ...snapshot, context: thawed(snapshot.context) }];
    const select = ([event, snapshot]: At) => this.machine.getTransitionData(snapshot, event);
    const once = ([event, snapshot]: At) => this.#answer(this.subject.transition(snapshot, event));
    const when = `it hears ${event.type}`;
    const assertUnchanged = () => {
      if (!isSameValue(snapshot.context, open[1].context) || !isSameValue(event, open[0]))
        throw this.#changes('its context or an event', when);
    };
    return this.#run(when, at, () => {
      const [selected, again] = [select(at), select(open)];
      assertUnchanged();
      if (selected.length !== again.length || selected.some((one, i) => one !== again[i]))
        throw this.differs(`answers ${event.type} differently the second time`, at);
      if (selected.length === 0) return undefined;
      const [one, other] = [once(at), once(open)];
      assertUnchanged();
      if (!this.#isSame(one, other))
        throw this.differs(`answers ${event.type} differently the second time`, at);
      return one;
    });
  }

  /** Whether it has a transition for the event; its guards are evaluated once for that. */
  isEnabled(event: Event, snapshot: AnyMachineSnapshot): boolean {
    if (snapshot.status !== 'active') return false;
    const select = () => this.machine.getTransitionData(snapshot, event).length > 0;
    return this.#run(`it hears ${event.type}`, [event, snapshot], select);
  }

  /** All of a snapshot that its future and its rules depend on. */
  key({ value, context, history, order, output }: PersistedState): string {
    return [
      // XState orders the regions of a parallel state as it comes to them: the order is no part of the state.
      exactText(inOrder(value as StateValue), this.name),
      exactText(context, `${this.name}, context`),
      Object.keys(history).length === 0 ? '' : exactText(history, this.name),
      output === undefined ? '' : exactText(output, `${this.name}, output`),
      ...(order ?? []),
    ].join();
  }

  #answer([next, doings]: Result): Transition {
    if (next.status === 'error') throw next.error;
    return {
      next,
      key: this.key(persistedState(next)),
      doings: doings as readonly ExecutableAction[],
    };
  }

  /** Emitted events are part of an answer. */
  #isSame(one: Transition, other: Transition): boolean {
    const texts = ({ key, doings }: Transition) => [
      key,
      ...doings.map(({ type, params }) =>
        type === 'xstate.emit' ? exactText(params!.event, `what ${this.name} says`) : type,
      ),
    ];
    return texts(one).join() === texts(other).join();
  }

  /** Runs the user's code; what it throws becomes a fault. */
  #run<T>(when: string, at: At | undefined, work: () => T): T {
    try {
      return purely(work);
    } catch (error) {
      if (error instanceof UserError) throw error;
      const blame = at === undefined ? '' : culprit(this.machine, ...at);
      if (error instanceof Impure)
        throw new UserError(
          'RW120',
          `${this.name} calls ${error.call} when ${when}${blame}; a machine must answer the same each time: let the environment decide, by a message for each case`,
        );
      if (isMutation(error))
        throw new UserError(
          'RW122',
          `${this.name} changes its context or an event in place when ${when}${blame} (${lastLine(error)}); let it make a new object, or change a copy`,
        );
      throw new UserError('RW109', `${this.name} fails when ${when}: ${thrown(error)}`);
    }
  }

  #changes(what: string, when: string): UserError {
    return new UserError(
      'RW122',
      `${this.name} changes ${what} in place when ${when}; let it make a new object, or change a copy`,
    );
  }

  /** The fault of a machine that does so. */
  differs(what: string, at?: At): UserError {
    const blame = at === undefined ? '' : culprit(this.machine, ...at);
    return new UserError(
      'RW106',
      `${this.name} ${what}${blame}: something outside of its context is read or changed, in guards or actions`,
    );
  }
}

const isSameValue = (one: unknown, other: unknown): boolean =>
  exactText(one, 'it') === exactText(other, 'it');

/** XState gives the message of an error in a guard below one of its own. */
const lastLine = ({ message }: Error) => message.split('\n').at(-1)!;

type At = readonly [event: Event, snapshot: AnyMachineSnapshot];

/** A state value with its regions in alphabetical order. */
function inOrder(value: StateValue): StateValue {
  if (typeof value === 'string') return value;
  const regions = Object.entries(value).map(
    ([region, inner]) => [region, inOrder(inner!)] as const,
  );
  return Object.fromEntries(regions.sort(([one], [other]) => (one < other ? -1 : 1)));
}
