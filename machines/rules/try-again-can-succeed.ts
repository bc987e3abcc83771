import type { Rule } from '../../src/model/network.js';
import { EAGAIN } from '../events.js';
import { errnoOf } from '../outcome.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'try-again-can-succeed',
  description: 'A call refused with -EAGAIN succeeds after at most one retry for each record.',
  source: 'bpf_trampoline_update() in kernel/bpf/trampoline.c; commit 56b3c85e153b',
  step: ({ emitted, again, after }) => {
    let errno: number | undefined = errnoOf(emitted);
    for (let tries = after.records.length; errno === EAGAIN && tries > 0; tries--) {
      const next = again();
      errno = next && errnoOf(next);
    }
    return errnoOf(emitted) !== EAGAIN || errno === 0;
  },
};
