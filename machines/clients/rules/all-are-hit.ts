import type { Rule } from '../../../src/model/network.js';
import { whileAlive } from '../whileAlive.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'all-are-hit',
  description:
    'While ftrace lives and is on, each call of a function hits every program and probe attached to it exactly once.',
  source: 'Documentation/trace/kprobes.rst; fentry and fexit of Documentation/bpf/libbpf',
  ...whileAlive((world, record) => {
    const { hits } = world.ran(record);
    const attached = world.attached(record.number);
    const timesIn = (names: readonly string[], name: string) =>
      names.filter((one) => one === name).length;
    return attached.every((name) => timesIn(hits, name) === timesIn(attached, name));
  }),
};
