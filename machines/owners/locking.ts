import { emitAll } from '../emitAll.js';
import { type OwnerWithLock, ownerWithLock } from '../ownerWithLock.js';
import type { PendingCall } from '../replies.js';

/**
 * An owner that waits for its lock in PEER and DISABLE (mutex_lock()), although its caller holds direct_mutex: what
 * bpf_tramp_ftrace_ops_func() avoids by mutex_trylock().
 */
export const locking = ownerWithLock(
  'locking',
  emitAll<OwnerWithLock, PendingCall>((_, { from, ops }) => [
    { type: 'waits for lock', to: from, ops },
  ]),
);
