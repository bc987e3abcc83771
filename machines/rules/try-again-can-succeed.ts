import type { Rule } from '../../src/model/network.js';
import { errnoOf } from '../outcome.js';
import { EAGAIN } from '../words.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'try-again-can-succeed',
  says: 'A call refused with -EAGAIN succeeds when it is made once more.',
  source: 'bpf_trampoline_update() in kernel/bpf/trampoline.c; commit 56b3c85e153b',
  step: ({ said, again }) => {
    if (errnoOf(said) !== EAGAIN) return true;
    const next = again();
    return next !== undefined && errnoOf(next) === 0;
  },
};
