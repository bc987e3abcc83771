import {
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyStateNode,
  type AnyTransitionDefinition,
  and,
  createActor,
  type ExecutableActionsFrom,
  getInitialMicrosteps,
} from 'xstate';
import type { Json, Message } from '../model/network.js';

/** A coverage item: one transition, state or guard result of a machine. */
export type CoverageItem =
  | {
      readonly kind: 'transition';
      readonly from: string;
      /** The event descriptor; empty for `always`. */
      readonly event: string;
      /** 1-based index among the transitions of this state and event; absent if there is only one. */
      readonly nth?: number;
      readonly guard?: string;
      /** The target states; empty without a target. */
      readonly to: readonly string[];
    }
  | { readonly kind: 'state'; readonly state: string }
  | { readonly kind: 'guard'; readonly guard: string; readonly answer: boolean };

type Answer = readonly [AnyMachineSnapshot, readonly ExecutableActionsFrom<AnyStateMachine>[]];

// biome-ignore lint/suspicious/noExplicitAny: guards are as different as machines are
type Any = any;

/** Type of the action that records that its transition is taken. */
const TAKEN = 'recwalk.taken';

const copies = new WeakMap<AnyStateMachine, InstrumentedMachine>();

/**
 * A copy of a machine that records the transitions taken, the states entered and the results of guards. It behaves as
 * the machine does, and does not change the machine itself.
 */
export class InstrumentedMachine {
  readonly machine: AnyStateMachine;
  /** All coverage items: first the guard results, then transitions and states. */
  readonly items: CoverageItem[] = [];
  /** Indexes into `items`: the items that the last run exercised. */
  readonly exercised = new Set<number>();
  /** Names of the guards that transitions refer to, directly or as parts of other guards. */
  readonly guards = new Set<string>();
  readonly #made: Any;
  readonly #isParallel: boolean;
  readonly #transitions = new Map<AnyTransitionDefinition, number>();
  readonly #states = new Map<AnyStateNode, number>();
  readonly #scope: AnyActorScope;
  #nodes: readonly AnyStateNode[] = [];
  #actions: ExecutableActionsFrom<AnyStateMachine>[] = [];

  /** The copy of a machine. Each machine has one copy. */
  static of(machine: AnyStateMachine): InstrumentedMachine {
    const known = copies.get(machine);
    if (known !== undefined) return known;
    const copy = new InstrumentedMachine(machine);
    copies.set(machine, copy);
    return copy;
  }

  private constructor(machine: AnyStateMachine) {
    const { guards } = machine.implementations as Any;
    this.#made = guards;
    const names = Object.keys(guards);
    this.machine = machine.provide({
      guards: Object.fromEntries(
        names.map((name) => [name, this.#recording(name, guards[name])]),
      ) as Any,
    });
    const { options } = this.machine;
    // Without a bound, a machine with an endless loop of raised events or eventless transitions would hang XState.
    options.maxIterations = machine.options.maxIterations ?? Number.POSITIVE_INFINITY;
    if (options.maxIterations === Number.POSITIVE_INFINITY) options.maxIterations = 10_000;
    this.#isParallel = hasParallel(this.machine.root);
    this.#visit(this.machine.root);
    const self = createActor(this.machine);
    self.system.inspect((event) => {
      if (event.type === '@xstate.microstep')
        this.#microstep(event.snapshot as AnyMachineSnapshot, event._transitions);
    });
    const nothing = () => {};
    this.#scope = {
      self,
      system: self.system,
      id: '',
      sessionId: '',
      logger: nothing,
      defer: nothing,
      emit: nothing,
      stopChild: nothing,
      actionExecutor: (action: ExecutableActionsFrom<AnyStateMachine>) => {
        const { type, params }: { type: string; params?: unknown } = action;
        if (type === TAKEN) this.exercised.add(params as number);
        else this.#actions.push(action);
      },
    } as AnyActorScope;
  }

  /** The first snapshot and its actions. */
  start(input: Json | undefined): Answer {
    return this.#run([], () => {
      const snapshot = this.machine.getInitialSnapshot(this.#scope, input);
      // Also record the states that an `always` transition leaves before the first snapshot is complete.
      if (snapshot.status !== 'error') {
        const recorded = [...this.exercised];
        const [[entered] = [snapshot]] = getInitialMicrosteps(this.machine, input);
        this.exercised.clear();
        for (const item of recorded) this.exercised.add(item);
        this.#enter(entered);
      }
      return snapshot;
    });
  }

  transition(snapshot: AnyMachineSnapshot, event: Message): Answer {
    return this.#run(snapshot._nodes, () => this.machine.transition(snapshot, event, this.#scope));
  }

  #run(nodes: readonly AnyStateNode[], run: () => AnyMachineSnapshot): Answer {
    this.#nodes = nodes;
    this.#actions = [];
    this.exercised.clear();
    return [run(), this.#actions];
  }

  #microstep(snapshot: AnyMachineSnapshot, transitions: readonly AnyTransitionDefinition[]): void {
    for (const transition of transitions) {
      const [first] = transition.actions as readonly { readonly type?: string }[];
      const recordsItself = first?.type === TAKEN;
      if (!recordsItself) this.exercised.add(this.#transitions.get(transition)!);
    }
    this.#enter(snapshot);
  }

  /** Records the states that were entered since the last snapshot. */
  #enter({ _nodes: nodes }: AnyMachineSnapshot): void {
    if (nodes === this.#nodes) return;
    for (const node of nodes)
      if (!this.#nodes.includes(node)) this.exercised.add(this.#states.get(node)!);
    this.#nodes = nodes;
  }

  #visit(node: AnyStateNode): void {
    const from = nameOf(node);
    for (const [event, transitions] of [['', node.always ?? []] as const, ...node.transitions])
      for (const [i, transition] of transitions.entries()) {
        const nth = transitions.length > 1 && { nth: i + 1 };
        const to = (transition.target ?? []).map(nameOf);
        const guard = transition.guard && { guard: this.#guardText(transition.guard) };
        // XState selects conflicting transitions in parallel regions and drops some of them later, so only an action
        // shows that a transition is taken. A transition without target and actions conflicts with none, and must stay
        // without actions: can() accepts an event whose transition has one.
        if (this.#isParallel && (to.length > 0 || transition.actions.length > 0))
          transition.actions = [{ type: TAKEN, params: this.items.length }, ...transition.actions];
        this.#transitions.set(transition, this.items.length);
        this.items.push({ kind: 'transition', from, event: String(event), ...nth, ...guard, to });
      }
    if (node.type !== 'history') {
      this.#states.set(node, this.items.length);
      this.items.push({ kind: 'state', state: from });
    }
    for (const child of Object.values(node.states)) this.#visit(child);
  }

  /** A guard as text, such as `and(a, b)`. Adds its names to `guards`. */
  #guardText(guard: Any): string {
    if (typeof guard === 'function')
      return guard.guards === undefined
        ? guard.name
        : `${guard.name}(${guard.guards.map((part: Any) => this.#guardText(part)).join(', ')})`;
    const name: string = typeof guard === 'string' ? guard : guard.type;
    this.#noteGuard(name);
    return name;
  }

  /** Adds a guard's name to `guards`, and the names of its parts. */
  #noteGuard(name: string): void {
    if (this.guards.has(name)) return;
    this.guards.add(name);
    const made = this.#made[name];
    if (made !== undefined && (typeof made !== 'function' || made.guards)) this.#guardText(made);
  }

  /** A guard that records the results of the guard with this name. */
  #recording(name: string, guard: Any): Any {
    const number = this.items.length;
    this.items.push(
      { kind: 'guard', guard: name, answer: false },
      { kind: 'guard', guard: name, answer: true },
    );
    const record = (answer: boolean) => {
      this.exercised.add(answer ? number + 1 : number);
      return answer;
    };
    if (typeof guard === 'function' && guard.check === undefined)
      return (...args: readonly Any[]) => record(guard(...args));
    // A composite guard, or the name of another guard: XState evaluates it like and(), with the snapshot.
    const made = typeof guard === 'function' ? guard : and([guard]);
    const recording = () => false;
    recording.check = (...[snapshot, args]: readonly Any[]) =>
      record(made.check(snapshot, args, made));
    return recording;
  }
}

const hasParallel = ({ type, states }: AnyStateNode): boolean =>
  type === 'parallel' || Object.values(states).some(hasParallel);

const nameOf = ({ path }: AnyStateNode): string => path.join('.');
