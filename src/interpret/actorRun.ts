import type { AnyActor, AnyActorScope, AnyMachineSnapshot, EventObject } from 'xstate';
import { UserError } from '../model/userError.js';
import { isSynced, parentOf, systemIds } from './actorInternals.js';
import { isMachine, kindOf, type LogicSnapshot } from './actorLogic.js';
import { InstrumentedMachine, SPAWNED } from './instrumentedMachine.js';
import type { ExecutableAction } from './pureMachine.js';
import { cancelled, fired, scheduled, type Timer, withoutSource } from './timers.js';

/** Type of the action that is an output: its event is what the environment can see. */
export const OUTPUT = 'recwalk.output';

/** Events of one stimulus after which its actors are taken to answer each other for ever. */
const MOST_EVENTS = 10_000;

/** An actor in a run. */
export interface LiveActor {
  readonly actor: AnyActor;
  /** Its id in its parent; empty for the root. */
  readonly name: string;
  snapshot: LogicSnapshot;
  status: 'new' | 'running' | 'stopped';
  /** The actions of a new actor. */
  actions: readonly ExecutableAction[];
  readonly mailbox: EventObject[];
  isBusy: boolean;
}

/** The state in which a run begins. */
export interface RunStart {
  readonly root: AnyMachineSnapshot;
  readonly system: {
    readonly actors: ReadonlyMap<AnyActor, LogicSnapshot>;
    readonly timers: readonly Timer[];
  };
}

/**
 * One stimulus of an actor system, to its end: actors take the events in their mailboxes one at a time, and the effects
 * of an event follow its transition, in the order of XState's `Actor`. An event sent to an idle actor is handled at
 * once, as a function call; one sent to an actor that is busy waits in its mailbox.
 */
export class ActorRun {
  readonly outputs: ExecutableAction[] = [];
  timers: readonly Timer[];
  readonly #moment: number;
  #processed = 0;
  readonly #actors = new Map<AnyActor, LiveActor>();
  readonly #root: LiveActor;

  constructor(
    readonly instrumented: InstrumentedMachine,
    /** Name of the machine in error messages. */
    readonly name: string,
    start: RunStart | undefined,
  ) {
    const { timers = [], actors = new Map<AnyActor, LogicSnapshot>() } = start?.system ?? {};
    this.timers = timers;
    this.#moment = Math.max(-1, ...timers.map(({ moment }) => moment)) + 1;
    this.#root = liveActor(instrumented.self, '', start?.root as unknown as LogicSnapshot);
    this.#root.status = 'running';
    for (const [actor, snapshot] of actors)
      this.#actors.set(actor, { ...liveActor(actor, actor.id, snapshot), status: 'running' });
    this.#actors.set(instrumented.self, this.#root);
  }

  get root(): AnyMachineSnapshot {
    return this.#root.snapshot as unknown as AnyMachineSnapshot;
  }

  /** The actors that run, without the root. */
  running(): readonly LiveActor[] {
    return [...this.#actors.values()].filter(
      (one) => one !== this.#root && one.status === 'running',
    );
  }

  isRunning(actor: AnyActor): boolean {
    const known = this.#actors.get(actor);
    return known?.status === 'running';
  }

  /** Begins with the first snapshot of the root and its actions. */
  startRoot(snapshot: AnyMachineSnapshot, actions: readonly ExecutableAction[]): void {
    const root = this.#root;
    root.snapshot = snapshot as unknown as LogicSnapshot;
    root.actions = actions;
    root.status = 'new';
    this.#register(actions);
    this.#start(root);
  }

  /** Goes on from a transition of the root that has been computed. */
  continueRoot(snapshot: AnyMachineSnapshot, actions: readonly ExecutableAction[]): void {
    this.#root.isBusy = true;
    this.#register(actions);
    this.#update(this.#root, snapshot as unknown as LogicSnapshot, actions);
    this.#flush(this.#root);
  }

  /** An event from outside for the root. */
  send(event: EventObject): void {
    this.#relay(this.#root, event);
  }

  /** An event that an actor receives from its own code, such as the result of a promise. */
  sendTo(actor: AnyActor, event: EventObject): void {
    this.#relay(this.#actors.get(actor), event);
  }

  /** An event that a callback sends to its parent. */
  sendBack(actor: AnyActor, event: EventObject): void {
    this.#relay(this.#actors.get(parentOf(actor)), event);
  }

  fire(timer: Timer): void {
    this.timers = fired(this.timers, timer);
    this.#send(this.#actors.get(timer.source)!, timer.target, timer.event);
  }

  #relay(to: LiveActor | undefined, event: EventObject): void {
    if (to === undefined || to.status === 'stopped') return;
    to.mailbox.push(event);
    if (to.status === 'running' && !to.isBusy) this.#flush(to);
  }

  /** An event from one actor to another. What the environment receives is an output. */
  #send(from: LiveActor, target: AnyActor, event: EventObject): void {
    const to = this.#actors.get(target);
    const isEnvironment = target === this.instrumented.environment;
    if (isEnvironment || (to !== undefined && to.status !== 'stopped' && isOpaque(to)))
      this.#output(`to ${isEnvironment ? 'parent' : to!.name}`, event);
    // A sent error carries its data as an error of the sender.
    const received =
      event.type === 'xstate.error'
        ? errorEvent(from.name, (event as EventObject & { data: unknown }).data)
        : event;
    this.#relay(to, received);
  }

  #output(to: string, { type, ...fields }: EventObject): void {
    this.outputs.push({ type: OUTPUT, params: { event: { type: `${type} ${to}`, ...fields } } });
  }

  #flush(live: LiveActor): void {
    live.isBusy = true;
    for (let event = live.mailbox.shift(); event !== undefined; event = live.mailbox.shift()) {
      if (this.#processed++ === MOST_EVENTS)
        throw new Error(
          `Infinite loop detected: its actors have sent each other more than ${MOST_EVENTS} events`,
        );
      this.#process(live, event);
    }
    live.isBusy = false;
  }

  #process(live: LiveActor, event: EventObject): void {
    const { snapshot, actor } = live;
    if (live === this.#root) {
      const [next, done] = this.instrumented.transition(this.root, event as never);
      this.#register(done);
      this.#update(live, next as unknown as LogicSnapshot, done);
      return;
    }
    if (kindOf(actor.logic) === 'callback') {
      if (event.type === 'xstate.stop') this.#end(live);
      return;
    }
    if (event.type === 'xstate.stop' && isOpaque(live)) {
      this.#end(live);
      return;
    }
    const actions: ExecutableAction[] = [];
    const next = logicOf(actor).transition(snapshot, event, this.#scope(actor, actions));
    this.#register(actions);
    this.#update(live, next, actions);
    if (event.type === 'xstate.stop') this.#end(live);
  }

  /** Takes over a new snapshot, and executes its effects. */
  #update(live: LiveActor, snapshot: LogicSnapshot, actions: readonly ExecutableAction[]): void {
    live.snapshot = snapshot;
    const deferred = actions.flatMap((action) => this.#effect(live, action) ?? []);
    for (const effect of deferred) effect();
    const { status } = snapshot;
    const { id } = live.actor;
    const parent = this.#actors.get(parentOf(live.actor));
    if (status === 'active') {
      if (isSynced(live.actor))
        this.#relay(parent, {
          type: `xstate.snapshot.${id}`,
          snapshot,
        } as never);
    } else if (status !== 'stopped') {
      this.#end(live);
      if (live === this.#root) return;
      const event =
        status === 'done'
          ? { type: `xstate.done.actor.${id}`, output: snapshot.output, actorId: id }
          : errorEvent(id, snapshot.error);
      this.#relay(parent, event);
    }
  }

  /** The deferred effect of an action. Effects that XState does not defer happen at once. */
  #effect(live: LiveActor, action: ExecutableAction): (() => void) | undefined {
    const { actor } = live;
    const { type, params = {} } = action;
    const { event, id, delay } = params as { event?: EventObject; id?: string; delay?: unknown };
    switch (type) {
      case 'xstate.raise':
        if (typeof delay !== 'number') return undefined;
        return () => this.#schedule(actor, actor, event!, delay, id);
      case 'xstate.sendTo': {
        const { to } = params as { to: AnyActor };
        if (typeof delay === 'number') return () => this.#schedule(actor, to, event!, delay, id);
        return () => this.#send(live, to, event!);
      }
      case 'xstate.cancel': {
        const { sendId } = params as { sendId?: string };
        return () => {
          this.timers = cancelled(this.timers, actor, sendId);
        };
      }
      case 'xstate.spawnChild':
      case SPAWNED: {
        const child = this.#actors.get((params as { actorRef: AnyActor }).actorRef);
        return child && (() => this.#start(child));
      }
      case 'xstate.stopChild': {
        const child = this.#actors.get(params as unknown as AnyActor);
        if (child === undefined) return undefined;
        if (child.status === 'running') return () => this.#stop(child);
        child.status = 'stopped';
        return undefined;
      }
      case 'xstate.emit':
        return () => {
          if (live === this.#root) this.outputs.push(action);
          else this.#output(`of ${live.name}`, event!);
        };
      default:
        this.outputs.push(live === this.#root ? action : outputOf(type, live.name));
        return undefined;
    }
  }

  #schedule(
    source: AnyActor,
    target: AnyActor,
    event: EventObject,
    delay: number,
    id: string | undefined,
  ): void {
    const timer = { source, target, event, delay, id, moment: this.#moment, isKnown: true };
    this.timers = scheduled(this.timers, timer);
  }

  /** Makes the actors known that these actions spawn, with their first snapshots. */
  #register(actions: readonly ExecutableAction[]): void {
    for (const { type, params } of actions) {
      if (type !== 'xstate.spawnChild' && type !== SPAWNED) continue;
      const { actorRef: actor } = params as unknown as { actorRef?: AnyActor };
      if (actor === undefined || this.#actors.has(actor)) continue;
      if (actor.id === actor.sessionId)
        throw new UserError(
          'RW103',
          `machine ${this.name} starts an actor without an id; give it one, { id: 'NAME' }, so that states can be compared`,
        );
      const first: ExecutableAction[] = [];
      this.instrumented.forgetIdsOf(actor);
      const { input } = actor.options as { input?: unknown };
      const snapshot = logicOf(actor).getInitialSnapshot(this.#scope(actor, first), input);
      this.#actors.set(actor, { ...liveActor(actor, actor.id, snapshot), actions: first });
      this.#register(first);
    }
  }

  #start(live: LiveActor): void {
    if (live.status !== 'new') return;
    live.status = 'running';
    live.isBusy = true;
    const { snapshot, actions } = live;
    if (snapshot.status === 'error') this.#fail(live, snapshot.error);
    else {
      if (snapshot.status === 'active' && isMachine(live.actor.logic))
        for (const child of Object.values((snapshot as unknown as AnyMachineSnapshot).children)) {
          const known = this.#actors.get(child as AnyActor);
          if (known?.snapshot.status === 'active') this.#start(known);
        }
      this.#update(live, snapshot, actions);
    }
    this.#flush(live);
  }

  #fail(live: LiveActor, error: unknown): void {
    this.#end(live);
    this.#relay(this.#actors.get(parentOf(live.actor)), errorEvent(live.actor.id, error));
  }

  #stop(live: LiveActor): void {
    if (live.status === 'stopped') return;
    live.mailbox.length = 0;
    this.#relay(live, { type: 'xstate.stop' });
  }

  #end(live: LiveActor): void {
    live.status = 'stopped';
    live.mailbox.length = 0;
    systemIds(this.instrumented.self)._unregister(live.actor);
    this.timers = withoutSource(this.timers, live.actor);
  }

  #scope(self: AnyActor, actions: ExecutableAction[]): AnyActorScope {
    return this.instrumented.scopeOf(self, actions);
  }
}

const liveActor = (actor: AnyActor, name: string, snapshot: LogicSnapshot): LiveActor => ({
  ...{ actor, name, snapshot, status: 'new', actions: [], mailbox: [], isBusy: false },
});

/** Whether the environment decides what an actor does. */
const isOpaque = ({ actor }: LiveActor): boolean =>
  !['machine', 'transition'].includes(kindOf(actor.logic));

/** The logic that computes an actor's snapshots: of a machine, the copy whose inline guards and actions have names. */
const logicOf = ({ logic }: AnyActor) =>
  isMachine(logic) ? InstrumentedMachine.of(logic).machine : logic;

const outputOf = (type: string, name: string): ExecutableAction => ({
  type: OUTPUT,
  params: { event: { type: `${type} of ${name}` } },
});

const errorEvent = (id: string, error: unknown) => ({
  ...{ type: `xstate.error.actor.${id}`, error, actorId: id },
});
