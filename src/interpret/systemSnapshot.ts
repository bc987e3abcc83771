import type { AnyActor, AnyMachineSnapshot, EventObject } from 'xstate';
import { isActor, type LogicSnapshot } from './actorLogic.js';
import type { Timer } from './timers.js';

/** The message of a stimulus that fires a timer. `actor` is the path of the actor that scheduled it; absent: the root. */
export const TIMER = 'recwalk.timer';
/** The message of a stimulus that sends `event` to a started actor, or for a callback, from it to its parent. */
export const ACTOR = 'recwalk.actor';

/** Whether a message is for an actor system, and no event of its machine. */
export const isSystemEvent = (type: string): boolean => type === TIMER || type === ACTOR;

/** A message for an actor system. */
export interface SystemEvent extends EventObject {
  readonly actor?: string;
  readonly timer?: string;
  readonly event?: EventObject;
}

/** An event in an error message. */
export function eventName(event: EventObject): string {
  if (!isSystemEvent(event.type)) return event.type;
  const { actor, timer, event: sent } = event as SystemEvent;
  return timer === undefined ? `${sent!.type} of ${actor}` : `the timer ${timer}`;
}

/** The state of a machine's actor system besides the snapshot of the machine itself. */
export interface SystemState {
  /** The actors that run, with their snapshots. */
  readonly actors: ReadonlyMap<AnyActor, LogicSnapshot>;
  readonly timers: readonly Timer[];
}

/** The snapshot of a machine with its actor system; absent if the machine has neither actors nor timers. */
export type SystemSnapshot = AnyMachineSnapshot & { readonly system?: SystemState };

/** A started actor and its path: the ids of its ancestors and its own, joined by dots. */
export interface NamedActor {
  readonly path: string;
  readonly actor: AnyActor;
  readonly snapshot: LogicSnapshot;
}

/** The actors that run in a state, parents first. */
export function actorsOf({ children, system }: SystemSnapshot): readonly NamedActor[] {
  if (system === undefined) return [];
  const below = (children: Readonly<Record<string, unknown>>, prefix: string): NamedActor[] =>
    Object.entries(children).flatMap(([id, actor]): NamedActor[] => {
      if (!isActor(actor)) return [];
      const snapshot = system.actors.get(actor);
      if (snapshot === undefined) return [];
      const path = `${prefix}${id}`;
      const inner =
        'children' in snapshot ? below(snapshot.children as typeof children, `${path}.`) : [];
      return [{ path, actor, snapshot }, ...inner];
    });
  return below(children, '');
}

/** The path of each actor. */
export const pathsOf = (actors: readonly NamedActor[]): ReadonlyMap<AnyActor, string> =>
  new Map(actors.map(({ actor, path }) => [actor, path]));

/**
 * A value with `{ xstate$$type: 1, path }` in place of each actor, as XState itself writes actors; path null: it has
 * ended, and nothing that is sent to it arrives. A value without actors is returned as it is.
 */
export function withoutActors(
  value: unknown,
  paths: ReadonlyMap<AnyActor, string>,
  above: readonly unknown[] = [],
): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isActor(value)) return { xstate$$type: 1, path: paths.get(value) ?? null };
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  // A circular value is refused later, by its place.
  if (!isPlain || above.includes(value)) return value;
  const within = [...above, value];
  const entries = Object.entries(value);
  const parts = entries.map(([key, part]) => [key, withoutActors(part, paths, within)] as const);
  if (parts.every(([, part], i) => part === entries[i]![1])) return value;
  return Array.isArray(value) ? parts.map(([, part]) => part) : Object.fromEntries(parts);
}
