import type { Rule } from '../../../src/model/network.js';
import { kprobes } from '../kprobes/client.js';
import { whileAlive } from '../whileAlive.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'override-is-obeyed',
  description:
    'While ftrace lives and is on, a probe that changes the ip decides which function body runs.',
  source: 'Documentation/trace/kprobes.rst: changing the execution path',
  ...whileAlive(
    (world, record) =>
      !world
        .of(kprobes)
        .registered(record.number)
        .some(({ override }) => override) || world.ran(record).body === 'overridden',
  ),
};
