import type { AnyActor, AnyActorLogic, AnyStateMachine, Snapshot as XSnapshot } from 'xstate';

/** A snapshot of an actor that is no machine: its fields depend on its logic. */
export type LogicSnapshot = XSnapshot<unknown> & { readonly context?: unknown };

/**
 * How an actor behaves. A `machine` and a `transition` are pure, so XState computes their next snapshot. The others run
 * code that the environment decides about: a `promise` resolves or rejects; an `observable` gives values, completes or
 * fails; so does an `event observable`, whose values are events for its parent; a `callback` sends its parent events.
 */
export type ActorKind =
  | 'machine'
  | 'transition'
  | 'promise'
  | 'observable'
  | 'event observable'
  | 'callback';

/** The events by which XState's promises and observables receive their results. */
export const RESOLVE = 'xstate.promise.resolve';
export const REJECT = 'xstate.promise.reject';
export const NEXT = 'xstate.observable.next';
export const FAIL = 'xstate.observable.error';
export const COMPLETE = 'xstate.observable.complete';

/** Whether a value is an XState 5 machine, of whichever copy of XState. */
export const isMachine = (value: unknown): value is AnyStateMachine =>
  typeof (value as Partial<AnyStateMachine> | null | undefined)?.getTransitionData === 'function';

/** Whether a value is an XState actor, of whichever copy of XState. */
export const isActor = (value: unknown): value is AnyActor => {
  const one = value as Partial<AnyActor> | null;
  return typeof one === 'object' && one !== null && 'sessionId' in one && 'logic' in one;
};

const kinds = new WeakMap<AnyActorLogic, ActorKind>();

/** The kind of an actor's logic. XState does not name it, so the logic is asked how it takes its own results. */
export function kindOf(logic: AnyActorLogic): ActorKind {
  let kind = kinds.get(logic);
  if (kind === undefined) {
    kind = probed(logic);
    kinds.set(logic, kind);
  }
  return kind;
}

function probed(logic: AnyActorLogic): ActorKind {
  if (isMachine(logic)) return 'machine';
  if (logic.start === undefined) return 'transition';
  const data = {};
  const after = (type: string): LogicSnapshot | undefined => {
    try {
      return logic.transition({ status: 'active' }, { type, data }, {} as never);
    } catch {
      return undefined;
    }
  };
  if (after(RESOLVE)?.status === 'done') return 'promise';
  if (after(COMPLETE)?.status !== 'done') return 'callback';
  return after(NEXT)?.context === data ? 'observable' : 'event observable';
}
