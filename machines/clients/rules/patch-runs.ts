import type { Rule } from '../../../src/model/network.js';
import { livepatch } from '../livepatch/client.js';
import { whileAlive } from '../whileAlive.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'patch-runs',
  description:
    'While ftrace lives and is on, a livepatched function runs the body of its newest livepatch, whatever else is attached.',
  source:
    'Documentation/livepatch/livepatch.rst; bpf_trampoline_update() in kernel/bpf/trampoline.c',
  ...whileAlive(
    (world, record) =>
      !world.of(livepatch).patches(record.number) ||
      world.ran(record).body === world.of(livepatch).body(record.number),
  ),
};
