import type { Rule } from '../../../src/model/network.js';
import { alive } from '../alive.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'patch-runs',
  description:
    'While ftrace lives, a livepatched function runs its patched body, whatever else is attached.',
  source:
    'Documentation/livepatch/livepatch.rst; bpf_trampoline_update() in kernel/bpf/trampoline.c',
  ...alive(
    (world, record) => !world.patched(record.number) || world.ran(record).body === 'patched',
  ),
};
