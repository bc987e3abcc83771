import type { Json } from '../model/network.js';

/** The version of @statelyai/inspect whose events these are. */
const FORMAT = '0.7.2';

/** What is told of a live actor, in the events that clients of @statelyai/inspect read. */
export type Told =
  | { readonly type: '@xstate.actor'; readonly definition: string; readonly snapshot: Json }
  | { readonly type: '@xstate.event'; readonly event: Json; readonly sourceId?: string }
  | { readonly type: '@xstate.snapshot'; readonly event: Json; readonly snapshot: Json };

/** Of which actor it is told, and whose child that is. */
interface Whose {
  readonly name: string;
  readonly root: string;
}

/**
 * One event as a line of JSON. `createdAt` counts the events and is no time, so that a story is told
 * in the same letters each time.
 */
export const wired = (told: Told, { name, root }: Whose, number: number): string =>
  JSON.stringify({
    ...told,
    ...(told.type === '@xstate.actor' && { name, ...(name !== root && { parentId: root }) }),
    sessionId: name,
    rootId: root,
    id: null,
    createdAt: String(number),
    _version: FORMAT,
  });

/** What JSON can hold of a snapshot or a machine's config; of a function its name. */
export const plain = (value: unknown): Json =>
  JSON.parse(
    JSON.stringify(value ?? null, (_key, part) =>
      typeof part === 'function' ? { type: part.name } : part,
    ),
  );
