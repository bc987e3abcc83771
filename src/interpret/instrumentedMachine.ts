import {
  type AnyActor,
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyStateNode,
  type AnyTransitionDefinition,
  and,
  createActor,
  createEmptyActor,
  fromPromise,
  getInitialMicrosteps,
} from 'xstate';
import type { Json, Message } from '../model/network.js';
import { childrenAtFirst, systemIds } from './actorInternals.js';
import { nodesOf } from './eventTypes.js';
import type { ExecutableAction } from './pureMachine.js';

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

type Answer = readonly [AnyMachineSnapshot, readonly ExecutableAction[]];

// biome-ignore lint/suspicious/noExplicitAny: guards are as different as machines are
type Any = any;

/** Type of the action that records that its transition is taken. */
const TAKEN = 'recwalk.taken';

/** Type of the action that stands for an actor that `spawn` of an assigner made: XState starts it after the transition. */
export const SPAWNED = 'recwalk.spawned';

const copies = new WeakMap<AnyStateMachine, InstrumentedMachine>();

/**
 * A copy of a machine that records the transitions taken, the states entered and the results of guards, and in which
 * inline guards and actions are named by their places. It behaves as the machine does, and does not change the machine
 * itself. An invoked actor that is not implemented is a promise.
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
  /** The actor that runs the machine, as its code sees it. */
  readonly self: AnyActor;
  /** The parent of the machine's actor: what the machine sends it goes to the environment. */
  readonly environment = createEmptyActor() as unknown as AnyActor;
  #nodes: readonly AnyStateNode[] = [];
  /** The actors that the current transition created, the last one at the end. */
  #created: AnyActor[] = [];

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
      actors: missingActors(machine),
    });
    const { options } = this.machine;
    // Without a bound, a machine with an endless loop of raised events or eventless transitions would hang XState.
    options.maxIterations = machine.options.maxIterations ?? Number.POSITIVE_INFINITY;
    if (options.maxIterations === Number.POSITIVE_INFINITY) options.maxIterations = 10_000;
    this.#isParallel = hasParallel(this.machine.root);
    this.#visit(this.machine.root);
    this.self = createActor(this.machine);
    Object.assign(this.self, { _parent: this.environment });
    this.self.system.inspect((event) => {
      const { type, actorRef } = event as unknown as { type: string; actorRef: AnyActor };
      if (type === '@xstate.actor') this.#created.push(actorRef);
      if (event.type === '@xstate.microstep' && actorRef === this.self)
        this.#microstep(event.snapshot as AnyMachineSnapshot, event._transitions);
    });
  }

  /** Begins a run: nothing is recorded yet, and of all actors these run. */
  begin(actors: Iterable<AnyActor>): void {
    const ids = systemIds(this.self);
    this.exercised.clear();
    for (const actor of Object.values(ids.getAll())) ids._unregister(actor);
    for (const actor of actors) if (actor.systemId !== undefined) ids._set(actor.systemId, actor);
  }

  /** The scope in which XState computes a transition of an actor. It adds the actions to a list. */
  scopeOf(self: AnyActor, actions: ExecutableAction[]): AnyActorScope {
    const { system } = this.self;
    const nothing = () => {};
    return {
      ...{
        self,
        system,
        id: '',
        sessionId: '',
        logger: nothing,
        emit: nothing,
        stopChild: nothing,
      },
      // Only an assigner's `spawn` defers its start; nothing else here executes actions.
      defer: () =>
        actions.push({ type: SPAWNED, params: { actorRef: this.#created.at(-1) } as Any }),
      actionExecutor: (action: ExecutableAction) => {
        const { type, params }: { type: string; params?: unknown } = action;
        // A new actor may take over the id of one that stops in the same transition.
        if (type === 'xstate.stopChild' && params !== undefined)
          systemIds(this.self)._unregister(params as AnyActor);
        if (type !== TAKEN) actions.push(action);
        else if (self === this.self) this.exercised.add(params as number);
      },
    } as unknown as AnyActorScope;
  }

  /** Takes back the system ids of the actors that XState starts when it creates an actor, before that one starts. */
  forgetIdsOf(actor: AnyActor): void {
    for (const child of childrenAtFirst(actor)) {
      systemIds(this.self)._unregister(child);
      this.forgetIdsOf(child);
    }
  }

  /** The first snapshot and its actions. */
  start(input: Json | undefined): Answer {
    return this.#run([], (scope) => {
      const snapshot = this.machine.getInitialSnapshot(scope, input);
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
    return this.#run(snapshot._nodes, (scope) => this.machine.transition(snapshot, event, scope));
  }

  #run(nodes: readonly AnyStateNode[], run: (scope: AnyActorScope) => AnyMachineSnapshot): Answer {
    const actions: ExecutableAction[] = [];
    this.#nodes = nodes;
    this.#created = [];
    return [run(this.scopeOf(this.self, actions)), actions];
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
        this.#nameInline(
          transition,
          `${placeOf(String(event), i, transitions.length)} in ${from || '(root)'}`,
        );
        const guard = transition.guard && { guard: this.#guardText(transition.guard) };
        // XState selects conflicting transitions in parallel regions and drops some of them later, so only an action
        // shows that a transition is taken. A transition without target and actions conflicts with none, and must stay
        // without actions: can() accepts an event whose transition has one.
        if (this.#isParallel && (to.length > 0 || transition.actions.length > 0))
          transition.actions = [{ type: TAKEN, params: this.items.length }, ...transition.actions];
        this.#transitions.set(transition, this.items.length);
        this.items.push({ kind: 'transition', from, event: String(event), ...nth, ...guard, to });
      }
    for (const list of ['entry', 'exit'] as const)
      node[list] = node[list].map((action) =>
        named(action, `inline ${list} of ${from || '(root)'}`),
      );
    if (node.type !== 'history') {
      this.#states.set(node, this.items.length);
      this.items.push({ kind: 'state', state: from });
    }
    for (const child of Object.values(node.states)) this.#visit(child);
  }

  /** Names the inline guard and the inline actions of a transition by their place. */
  #nameInline(transition: AnyTransitionDefinition, place: string): void {
    const { guard, actions } = transition as { guard: Any; actions: readonly Any[] };
    transition.actions = actions.map((action) => named(action, `inline action of ${place}`));
    if (typeof guard !== 'function' || guard.check !== undefined) return;
    const name = `inline guard of ${place}`;
    this.guards.add(name);
    (transition as Any).guard = Object.defineProperty(this.#recording(name, guard), 'name', {
      value: name,
    });
  }

  /** A guard as text, such as `and(a, b)`. Adds its names to `guards`. */
  #guardText(guard: Any): string {
    if (typeof guard === 'function')
      return guard.guards === undefined
        ? guard.name || 'inline guard'
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

/** The event of a transition: `"submit"`, with its number if it is one of several. */
const placeOf = (event: string, i: number, of: number): string =>
  `${event === '' ? 'always' : `"${event}"`}${of > 1 ? ` #${i + 1}` : ''}`;

/** An action; a function that has no name of its own gets this one. Builtin actions such as assign stay as they are. */
function named(action: Any, name: string): Any {
  if (typeof action !== 'function' || 'resolve' in action) return action;
  return Object.defineProperty((...args: unknown[]) => action(...args), 'name', { value: name });
}

/** A promise for each actor that the machine invokes by a name that it does not implement. */
function missingActors({ root, implementations }: AnyStateMachine): Record<string, Any> {
  const missing = [...nodesOf(root)]
    .flatMap(({ invoke }) => invoke.map(({ src }) => src))
    .filter(
      (src): src is string =>
        typeof src === 'string' &&
        !src.startsWith('xstate.invoke.') &&
        !Object.hasOwn(implementations.actors, src),
    );
  return Object.fromEntries(missing.map((src) => [src, fromPromise(async () => undefined)]));
}

const hasParallel = ({ type, states }: AnyStateNode): boolean =>
  type === 'parallel' || Object.values(states).some(hasParallel);

const nameOf = ({ path }: AnyStateNode): string => path.join('.');
