import type { Json } from '../model/network.js';

/** The version of @statelyai/inspect whose events these are. */
const FORMAT = '0.7.2';

/** An event about a live actor, in the format that clients of @statelyai/inspect read. */
export type WireEvent =
  | { readonly type: '@xstate.actor'; readonly definition: string; readonly snapshot: Json }
  | { readonly type: '@xstate.event'; readonly event: Json; readonly sourceId?: string }
  | { readonly type: '@xstate.snapshot'; readonly event: Json; readonly snapshot: Json };

/** The actor of an event, and its parent. */
interface EventActor {
  readonly name: string;
  readonly root: string;
}

/**
 * One event as a line of JSON. `createdAt` is the number of the event, not a time, so that a story gives the same text
 * each time.
 */
export const wireLine = (event: WireEvent, { name, root }: EventActor, number: number): string =>
  JSON.stringify({
    ...event,
    ...(event.type === '@xstate.actor' && { name, ...(name !== root && { parentId: root }) }),
    sessionId: name,
    rootId: root,
    id: null,
    createdAt: String(number),
    _version: FORMAT,
  });

/** The JSON form of a snapshot or a machine's config; a function becomes its name. */
export const plain = (value: unknown): Json =>
  JSON.parse(
    JSON.stringify(value ?? null, (_key, part) =>
      typeof part === 'function' ? { type: part.name } : part,
    ),
  );
