import type { Rule } from '../../../src/model/network.js';
import { description } from '../../outcome.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'nothing-warns',
  description: 'No action of an administrator makes the kernel WARN.',
  source: 'WARN() in kernel/kprobes.c, kernel/bpf/trampoline.c, kernel/livepatch/patch.c',
  step: ({ emitted }) => !description(emitted, 'WARN'),
};
