import { assign, setup } from 'xstate';
import type { Message } from '../../src/model/network.js';
import { emitAll } from '../emitAll.js';
import { type PendingCall, replies } from '../replies.js';

type Locking = {
  /** The component that executes a call of the owner, which holds the owner's lock meanwhile; null: the lock is free. */
  readonly lockedBy: string | null;
};

/**
 * A willing owner with a lock, which it holds over each call on its own ops. In PEER and DISABLE it waits for the lock
 * (mutex_lock()), although its caller holds direct_mutex: what bpf_tramp_ftrace_ops_func() avoids by mutex_trylock().
 * SELF comes in a call of its own.
 */
export const locking = setup({
  types: { context: {} as Locking, events: {} as PendingCall, emitted: {} as Message },
  guards: {
    'is free': ({ context }) => context.lockedBy === null,
    'is locked': ({ context }) => context.lockedBy !== null,
  },
  actions: {
    yes: replies<Locking>(0),
    'let the call wait': emitAll<Locking, PendingCall>((_, { from, ops }) => [
      { type: 'waits for lock', to: from, ops },
    ]),
    take: assign({ lockedBy: ({ event }) => event.from }),
    release: assign({ lockedBy: null }),
  },
}).createMachine({
  id: 'locking',
  context: { lockedBy: null },
  initial: 'alone',
  states: {
    alone: {
      on: {
        SELF: { target: 'sharing', actions: 'yes' },
        PEER: [
          { guard: 'is locked', actions: 'let the call wait' },
          { target: 'sharing', actions: 'yes' },
        ],
        DISABLE: [{ guard: 'is locked', actions: 'let the call wait' }, { actions: 'yes' }],
        detached: {},
      },
    },
    sharing: {
      on: {
        SELF: { actions: 'yes' },
        PEER: [{ guard: 'is locked', actions: 'let the call wait' }, { actions: 'yes' }],
        DISABLE: [
          { guard: 'is locked', actions: 'let the call wait' },
          { target: 'alone', actions: 'yes' },
        ],
        detached: 'alone',
      },
    },
  },
  on: { lock: { guard: 'is free', actions: 'take' }, unlock: { actions: 'release' } },
});
