import type { Rule } from '../../../src/model/network.js';
import { says } from '../../outcome.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'nothing-warns',
  says: 'Nothing an administrator does makes the kernel WARN.',
  source: 'WARN() in kernel/kprobes.c, kernel/bpf/trampoline.c, kernel/livepatch/patch.c',
  step: ({ said }) => !says(said, 'WARN'),
};
