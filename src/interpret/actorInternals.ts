import type { AnyActor, AnyMachineSnapshot } from 'xstate';

/** Fields of XState 5's actors that its types hide. No other file reads them. */
interface Internals {
  readonly _parent: AnyActor;
  readonly _syncSnapshot?: boolean;
  readonly _snapshot: Partial<AnyMachineSnapshot>;
  readonly system: SystemIds;
}

/** The ids by which `system.get()` finds actors. */
export interface SystemIds {
  getAll(): Readonly<Record<string, AnyActor>>;
  _set(id: string, actor: AnyActor): void;
  _unregister(actor: AnyActor): void;
}

const internals = (actor: AnyActor): Internals => actor as unknown as Internals;

/** The actor that started this one. */
export const parentOf = (actor: AnyActor): AnyActor => internals(actor)._parent;

/** Whether an actor tells its parent each of its snapshots (`onSnapshot`, `syncSnapshot`). */
export const isSynced = (actor: AnyActor): boolean => internals(actor)._syncSnapshot === true;

/** The actors that XState made when it made this one. */
export const childrenAtFirst = (actor: AnyActor): readonly AnyActor[] =>
  Object.values(internals(actor)._snapshot.children ?? {}).filter(
    (child): child is AnyActor => child !== undefined,
  );

/** The ids of an actor's system. */
export const systemIds = (actor: AnyActor): SystemIds => internals(actor).system;
