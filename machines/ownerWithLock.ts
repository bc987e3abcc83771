import { assign, setup } from 'xstate';
import type { Message } from '../src/model/network.js';
import type { emitAll } from './emitAll.js';
import { type PendingCall, replies } from './replies.js';

export type OwnerWithLock = {
  /** The component that executes a call of the owner, which holds the owner's lock meanwhile; null: the lock is free. */
  readonly lockedBy: string | null;
};

/**
 * A willing owner with a lock, which it holds over each call on its own ops, as bpf_trampoline_link_prog() holds the
 * mutex of the trampoline. It needs the lock in PEER and DISABLE, and does `whenLocked` if another caller holds it. SELF
 * comes in a call of its own.
 */
export const ownerWithLock = (
  id: string,
  whenLocked: ReturnType<typeof emitAll<OwnerWithLock, PendingCall>>,
) =>
  setup({
    types: { context: {} as OwnerWithLock, events: {} as PendingCall, emitted: {} as Message },
    guards: {
      'is free': ({ context }) => context.lockedBy === null,
      'is locked': ({ context }) => context.lockedBy !== null,
    },
    actions: {
      yes: replies<OwnerWithLock>(0),
      'is busy': whenLocked,
      take: assign({ lockedBy: ({ event }) => event.from }),
      release: assign({ lockedBy: null }),
    },
  }).createMachine({
    id,
    context: { lockedBy: null },
    initial: 'alone',
    states: {
      alone: {
        on: {
          SELF: { target: 'sharing', actions: 'yes' },
          PEER: [
            { guard: 'is locked', actions: 'is busy' },
            { target: 'sharing', actions: 'yes' },
          ],
          DISABLE: [{ guard: 'is locked', actions: 'is busy' }, { actions: 'yes' }],
          detached: {},
        },
      },
      sharing: {
        on: {
          SELF: { actions: 'yes' },
          PEER: [{ guard: 'is locked', actions: 'is busy' }, { actions: 'yes' }],
          DISABLE: [
            { guard: 'is locked', actions: 'is busy' },
            { target: 'alone', actions: 'yes' },
          ],
          detached: 'alone',
        },
      },
    },
    on: { lock: { guard: 'is free', actions: 'take' }, unlock: { actions: 'release' } },
  });
