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
import { isMachine } from './actorLogic.js';
import { culprit } from './culprit.js';
import { deepFreeze, isMutation } from './deepFreeze.js';
import { exactText } from './exactText.js';
import { Impure, purely } from './purely.js';
import {
  actorsOf,
  eventName,
  pathsOf,
  type SystemSnapshot,
  withoutActors,
} from './systemSnapshot.js';
import { thawed } from './thawed.js';

/** An action as XState's `transition` returns it. */
export interface ExecutableAction {
  readonly type: string;
  readonly params?: { readonly event?: { readonly type: string }; readonly delay?: unknown };
  /** Absent if the machine does not implement the action. */
  readonly exec?: unknown;
}

/** The result of one event: the next snapshot, its exact text as `key`, and the actions to execute. */
export interface Transition {
  readonly next: AnyMachineSnapshot;
  readonly key: string;
  readonly doings: readonly ExecutableAction[];
}

/** A state in a form that can be serialized: history nodes are given by their ids. */
export interface PersistedState extends SnapshotData {
  readonly history: Readonly<Record<string, readonly string[]>>;
  /**
   * Ids of the active leaves in the order in which XState tries their eventless transitions. Absent where the order has
   * no effect.
   */
  readonly order?: readonly string[];
  /** Set if the machine stopped with an error. */
  readonly error?: unknown;
  readonly system?: PersistedSystem;
}

/** The actors and the timers of a state, with paths instead of references. */
interface PersistedSystem {
  readonly actors: Readonly<Record<string, unknown>>;
  /** The ids of the machine's children; an actor that has ended stays among them until the machine removes it. */
  readonly children: readonly string[];
  readonly timers: readonly unknown[];
}

/**
 * The serializable form of a snapshot. History nodes are sorted. XState lists them in the order of entry but enters
 * them again in document order, so their order carries no information.
 */
export function persistedState(snapshot: SystemSnapshot): PersistedState {
  const { system, children } = snapshot;
  if (system === undefined)
    return machineState(snapshot, (value) => withoutActors(value, new Map()));
  const running = actorsOf(snapshot);
  const paths = pathsOf(running);
  const plain = (value: unknown) => withoutActors(value, paths);
  const actors = running.map(({ path, actor, snapshot }) => {
    const { status, context, output, error } = snapshot;
    const state = isMachine(actor.logic)
      ? childState(snapshot as unknown as AnyMachineSnapshot, plain)
      : { status, context: plain(context), output, error };
    return [path, state] as const;
  });
  const timers = system.timers.map(({ source, target, event, ...timer }) => ({
    ...{ ...timer, event: plain(event) },
    ...{ source: paths.get(source) ?? '', target: paths.get(target) ?? '' },
  }));
  return {
    ...machineState(snapshot, plain),
    system: { actors: Object.fromEntries(actors), children: Object.keys(children), timers },
  };
}

/** The state of a machine that another one started. */
const childState = (snapshot: AnyMachineSnapshot, plain: (value: unknown) => unknown) => ({
  ...machineState(snapshot, plain),
  value: inOrder(snapshot.value),
  children: Object.keys(snapshot.children),
});

function machineState(
  snapshot: AnyMachineSnapshot,
  plain: (value: unknown) => unknown,
): PersistedState {
  const { value, context, historyValue, output, status, error } = snapshot;
  const order = eventlessLeaves(snapshot._nodes).map(({ id }) => id);
  const history = Object.entries(historyValue)
    .map(([id, nodes]) => [id, nodes.map((node) => node.id).sort()] as const)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const state = {
    ...{ value, context: plain(context), history: Object.fromEntries(history) },
    ...(order.length > 0 && { order }),
    ...(status === 'error' && { error: plain(error) }),
  };
  return output === undefined ? state : { ...state, output: plain(output) };
}

/** The nodes with eventless transitions on the path from a node up to the root. */
const eventless = (node: AnyStateNode | undefined): readonly AnyStateNode[] =>
  node === undefined
    ? []
    : [...((node.always?.length ?? 0) > 0 ? [node] : []), ...eventless(node.parent)];

/**
 * The active leaves with eventless transitions, in the order of the snapshot; empty if all have the same transitions.
 * XState tries the transitions of the first leaf first, and the order of leaves depends on the order of entry. With
 * such leaves in several regions, the order is therefore part of the state.
 */
function eventlessLeaves(nodes: readonly AnyStateNode[]): readonly AnyStateNode[] {
  const leaves = nodes.filter(({ type }) => type === 'atomic' || type === 'final');
  if (leaves.length < 2) return [];
  const chains = leaves.map((leaf) => ({ leaf, ids: eventless(leaf).map(({ id }) => id) }));
  const some = chains.filter(({ ids }) => ids.length > 0);
  return new Set(some.map(({ ids }) => ids.join())).size < 2 ? [] : some.map(({ leaf }) => leaf);
}

/** Puts the active nodes of a snapshot into the persisted order. */
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

/** An event for a machine, of which only the type is known here. */
export interface Event {
  readonly type: string;
}

/** The two XState calls that run a machine. */
export interface MachineLogic {
  readonly machine: AnyStateMachine;
  start(input: Json | undefined): Result;
  /** The transitions that an event selects; empty if the state does not handle it. */
  select(snapshot: AnyMachineSnapshot, event: Event): readonly unknown[];
  transition(snapshot: AnyMachineSnapshot, event: Event): Result;
}
type Result = readonly [AnyMachineSnapshot, readonly unknown[]];

/** The plain XState calls, without instrumentation. */
export function logicOf(machine: AnyStateMachine): MachineLogic {
  // Without a bound, a machine with an endless loop of raised events or eventless transitions would hang XState.
  const { options } = machine;
  if (options.maxIterations === Number.POSITIVE_INFINITY) options.maxIterations = 10_000;
  return {
    machine,
    start: (input) => {
      const first = initialTransition(machine, input as never);
      if (first[0].status === 'error') throw first[0].error;
      return first;
    },
    select: (snapshot, event) => machine.getTransitionData(snapshot, event),
    transition: (snapshot, event) => transition(machine, snapshot, event),
  };
}

/**
 * Runs a machine and checks that it is a pure function of state and event. XState computes each result twice, once
 * with a frozen context and event. Each method throws an error that names the cause: RW106 for results that differ,
 * RW109 for code that throws, RW120 for code that reads random numbers or the time, RW122 for code that changes its
 * context or an event in place.
 */
export class PureMachine {
  constructor(
    /** Name in error messages: `machine light`. */
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

  /**
   * The result of an event; undefined if no transition is enabled. A machine in a final state of its root is done and
   * has none: XState's actors ignore events then.
   */
  on(event: Event, snapshot: AnyMachineSnapshot): Transition | undefined {
    if (snapshot.status !== 'active') return undefined;
    const at: At = [event, snapshot];
    deepFreeze(event);
    // Sloppy-mode code ignores writes to frozen objects without an error. The second run uses copies that are not
    // frozen, in which such a write shows.
    const open: At = [thawed(event), { ...snapshot, context: thawed(snapshot.context) }];
    const select = ([event, snapshot]: At) => this.subject.select(snapshot, event);
    const once = ([event, snapshot]: At) => this.#answer(this.subject.transition(snapshot, event));
    const when = `it handles ${eventName(event)}`;
    return this.#run(when, at, () => {
      const [selected, again] = [select(at), select(open)];
      const selectsSame =
        selected.length === again.length && selected.every((one, i) => one === again[i]);
      const results =
        selectsSame && selected.length > 0 ? ([once(at), once(open)] as const) : undefined;
      const paths = pathsOf(actorsOf(snapshot));
      const [context, opened] = [snapshot.context, open[1].context].map((one) =>
        withoutActors(one, paths),
      );
      if (!isSameValue(context, opened) || !isSameValue(event, open[0]))
        throw this.#changes('its context or an event', when);
      if (!selectsSame || (results !== undefined && !this.#isSame(...results)))
        throw this.differs(`handles ${eventName(event)} differently the second time`, at);
      return results?.[0];
    });
  }

  /** Whether a transition is enabled for the event. Evaluates the guards once. */
  isEnabled(event: Event, snapshot: AnyMachineSnapshot): boolean {
    if (snapshot.status !== 'active') return false;
    const select = () => this.subject.select(snapshot, event).length > 0;
    return this.#run(`it handles ${eventName(event)}`, [event, snapshot], select);
  }

  /** Exact text of everything in a state that its future behaviour and rules depend on. */
  key({ value, context, history, order, output, system, ...ended }: PersistedState): string {
    return [
      // XState lists the regions of a parallel state in the order of entry, which is not part of the state.
      exactText(inOrder(value as StateValue), this.name),
      exactText(context, `${this.name}, context`),
      Object.keys(history).length === 0 ? '' : exactText(history, this.name),
      output === undefined ? '' : exactText(output, `${this.name}, output`),
      ...(order ?? []),
      ...('error' in ended ? [exactText(ended.error, `${this.name}, error`)] : []),
      ...(system === undefined ? [] : [exactText(system, `${this.name}, actors`)]),
    ].join();
  }

  #answer([next, doings]: Result): Transition {
    return {
      next,
      key: this.key(persistedState(next)),
      doings: doings as readonly ExecutableAction[],
    };
  }

  /** Whether two results are equal. Emitted events are compared by content, other actions by type. */
  #isSame(one: Transition, other: Transition): boolean {
    const texts = ({ key, doings }: Transition) => [
      key,
      ...doings.map(({ type, params }) =>
        params?.event !== undefined && !type.startsWith('xstate.raise')
          ? exactText(params.event, `${this.name}: message`)
          : type,
      ),
    ];
    return texts(one).join() === texts(other).join();
  }

  /** Runs user code. An error that it throws becomes a UserError. */
  #run<T>(when: string, at: At | undefined, work: () => T): T {
    try {
      return purely(work);
    } catch (error) {
      if (error instanceof UserError) throw error;
      const blame = at === undefined ? '' : culprit(this.machine, ...at);
      if (error instanceof Impure)
        throw new UserError(
          'RW120',
          `${this.name} calls ${error.call} when ${when}${blame}; a machine must be deterministic: let the environment decide, with one message for each case`,
        );
      if (isMutation(error))
        throw new UserError(
          'RW122',
          `${this.name} changes its context or an event in place when ${when}${blame} (${lastLine(error)}); return a new object, or change a copy`,
        );
      const advice =
        at === undefined
          ? 'if it needs an input, give one'
          : 'if the event or the answer lacks a field, declare it with its fields';
      throw new UserError('RW109', `${this.name} fails when ${when}: ${thrown(error)}; ${advice}`);
    }
  }

  #changes(what: string, when: string): UserError {
    return new UserError(
      'RW122',
      `${this.name} changes ${what} in place when ${when}; return a new object, or change a copy`,
    );
  }

  /** The RW106 error of a machine whose results differ. */
  differs(what: string, at?: At): UserError {
    const blame = at === undefined ? '' : culprit(this.machine, ...at);
    return new UserError(
      'RW106',
      `${this.name} ${what}${blame}: its guards or actions read or change something outside of its context`,
    );
  }
}

const isSameValue = (one: unknown, other: unknown): boolean =>
  exactText(one, 'it') === exactText(other, 'it');

/** The last line of an error's message. XState puts its own line above the message of an error thrown in a guard. */
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
