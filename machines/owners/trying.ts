import { EAGAIN } from '../events.js';
import { type OwnerWithLock, ownerWithLock } from '../ownerWithLock.js';
import { replies } from '../replies.js';

/** An owner that only tries to take its lock in PEER and DISABLE (mutex_trylock()), and returns -EAGAIN if it fails. */
export const trying = ownerWithLock('trying', replies<OwnerWithLock>(EAGAIN));
