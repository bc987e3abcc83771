import type { AnyActor, AnyMachineSnapshot, AnyStateMachine, EventObject } from 'xstate';
import type { Json, Message } from '../model/network.js';
import { UserError } from '../model/userError.js';
import { type ActorKind, COMPLETE, FAIL, kindOf } from './actorLogic.js';
import { ActorRun, type LiveActor } from './actorRun.js';
import type { CoverageItem, InstrumentedMachine } from './instrumentedMachine.js';
import type { ExecutableAction, MachineLogic } from './pureMachine.js';
import {
  ACTOR,
  actorsOf,
  isSystemEvent,
  pathsOf,
  type SystemEvent,
  type SystemSnapshot,
  TIMER,
} from './systemSnapshot.js';
import { isDue, renumbered, type Timer, timerName } from './timers.js';

/**
 * Runs a machine as XState's runtime does, together with the actors that it starts and its delayed events, but takes
 * nothing into its own hands that the environment decides: a timer fires, a promise resolves, an observable gives a
 * value by a message of type TIMER or ACTOR. Each step of an actor is computed by XState's pure transition. Of a
 * machine that starts no actor and delays no event, this is the machine itself.
 */
export class ActorSystem implements MachineLogic {
  constructor(
    readonly root: InstrumentedMachine,
    /** Name in error messages: `light`. */
    readonly name: string,
  ) {}

  get machine(): AnyStateMachine {
    return this.root.machine;
  }
  get items(): readonly CoverageItem[] {
    return this.root.items;
  }
  get exercised(): Set<number> {
    return this.root.exercised;
  }

  start(input: Json | undefined): readonly [SystemSnapshot, readonly ExecutableAction[]] {
    this.root.begin([]);
    const [snapshot, actions] = this.root.start(input);
    if (snapshot.status === 'error') throw snapshot.error;
    if (!needsRun(snapshot, actions)) return [snapshot, actions];
    const run = new ActorRun(this.root, this.name, undefined);
    run.startRoot(snapshot, actions);
    return result(run);
  }

  /** The transitions that an event selects in a state; for an event of the system, whether it is possible. */
  select(snapshot: SystemSnapshot, event: EventObject): readonly unknown[] {
    if (!isSystemEvent(event.type)) return this.machine.getTransitionData(snapshot, event);
    const sent: SystemEvent = event;
    if (event.type === ACTOR)
      return actorsOf(snapshot).some(({ path }) => path === sent.actor) ? [ACTOR] : [];
    return timerOf(snapshot, sent) === undefined ? [] : [TIMER];
  }

  transition(
    snapshot: SystemSnapshot,
    event: EventObject,
  ): readonly [SystemSnapshot, readonly ExecutableAction[]] {
    const { system } = snapshot;
    this.root.begin(system?.actors.keys() ?? []);
    if (system === undefined) {
      const [next, actions] = this.root.transition(snapshot, event as Message);
      if (!needsRun(next, actions)) return [next, actions];
      const run = new ActorRun(this.root, this.name, undefined);
      run.continueRoot(next, actions);
      return result(run);
    }
    const run = new ActorRun(this.root, this.name, { root: snapshot, system });
    const sent: SystemEvent = event;
    if (event.type === TIMER) run.fire(timerOf(snapshot, sent)!);
    else if (event.type !== ACTOR) run.send(event);
    else {
      const { actor } = actorsOf(snapshot).find(({ path }) => path === sent.actor)!;
      if (isForParent(kindOf(actor.logic), sent.event!.type)) run.sendBack(actor, sent.event!);
      else run.sendTo(actor, sent.event!);
    }
    return result(run);
  }
}

/** Whether an actor sends an event to its parent; otherwise it is its own result. */
const isForParent = (kind: ActorKind, type: string): boolean =>
  kind === 'callback' || (kind === 'event observable' && type !== COMPLETE && type !== FAIL);

/** The timer that a message fires; undefined if none of this name may fire now. */
function timerOf(snapshot: SystemSnapshot, { actor, timer }: SystemEvent): Timer | undefined {
  const { timers = [] } = snapshot.system ?? {};
  const paths = pathsOf(actorsOf(snapshot));
  return timers.find(
    (one) => timerName(one) === timer && paths.get(one.source) === actor && isDue(timers, one),
  );
}

/** Actions whose effect is a change of the actor system. */
const SYSTEM = /^(xstate\.(spawnChild|stopChild|sendTo|cancel)|recwalk\.spawned)$/;

const needsRun = (
  { children }: AnyMachineSnapshot,
  actions: readonly ExecutableAction[],
): boolean =>
  Object.keys(children).length > 0 ||
  actions.some(
    ({ type, params }) =>
      SYSTEM.test(type) || (type === 'xstate.raise' && typeof params?.delay === 'number'),
  );

function result(run: ActorRun): readonly [SystemSnapshot, readonly ExecutableAction[]] {
  // XState returns the snapshot that it was given if nothing changed in it, so the system is added to a copy.
  const { system: _, ...root } = run.root as SystemSnapshot;
  const { outputs } = run;
  const actors = new Map(run.running().map(({ actor, snapshot }: LiveActor) => [actor, snapshot]));
  // What a timer sends to an actor that has ended is lost.
  const timers = renumbered(run.timers.filter(({ target }) => run.isRunning(target)));
  const isAlone =
    actors.size === 0 && timers.length === 0 && Object.keys(root.children).length === 0;
  if (isAlone) return [root as SystemSnapshot, outputs];
  const snapshot = { ...root, system: { actors, timers } } as SystemSnapshot;
  assertNames(snapshot, run.instrumented.self, run.name);
  return [snapshot, outputs];
}

/** Delayed events at once after which a machine is taken to delay events without end. */
const MOST_TIMERS = 50;

/**
 * Checks that a stimulus can name each actor and each timer. Throws RW105 for delayed events without end, RW103 for two
 * running actors of one parent with one id, RW102 for two timers of one name of which either may fire first.
 */
function assertNames(snapshot: SystemSnapshot, root: AnyActor, machine: string): void {
  const { actors, timers } = snapshot.system!;
  if (timers.length > MOST_TIMERS)
    throw new UserError(
      'RW105',
      `machine ${machine} has more than ${MOST_TIMERS} delayed events at once, the last one ${timerName(timers.at(-1)!)}; cancel it before it is delayed again, or delay it in one state only`,
    );
  const named = new Set(actorsOf(snapshot).map(({ actor }) => actor));
  for (const actor of actors.keys())
    if (!named.has(actor))
      throw new UserError(
        'RW103',
        `machine ${machine} starts a second actor ${actor.id} while the first one runs; stop the first one, or give each an id of its own`,
      );
  for (const one of timers)
    if (one.source !== root && !named.has(one.source))
      throw new UserError(
        'RW102',
        `machine ${machine} delays ${timerName(one)} twice in actor ${one.source.id}, which ends before; cancel the first one`,
      );
  for (const one of timers)
    for (const other of timers)
      if (one.source === other.source && timerName(one) === timerName(other))
        if (one.delay !== other.delay)
          throw new UserError(
            'RW102',
            `machine ${machine} delays ${timerName(one)} by ${one.delay} ms and again by ${other.delay} ms; cancel the first one, or give each an id of its own`,
          );
}
