import type { Rule } from '../../src/model/network.js';
import { type Bug, clientPair } from '../bug.js';
import { kprobes } from '../clients/kprobes/client.js';
import { IPMODIFY } from '../clients/kprobes/probe.js';
import type { ClientWorld } from '../clients/world.js';

const rule: Rule<ClientWorld> = {
  id: 'last-one-is-disarmed',
  description:
    'A function armed with the IPMODIFY ops is disarmed when its last kprobe is unregistered.',
  source: '__disarm_kprobe_ftrace() in kernel/kprobes.c',
  always: (world) => !world.of(kprobes).over || world.of(kprobes).armedWith(1) !== IPMODIFY,
};

export const bug: Bug = {
  name: 'wrong-ops-disarmed',
  description:
    'The kernel arms several kprobes of a function with one ops and disarms them with the other ops, which is not on the function.',
  report:
    'Of two kprobes, the one with a post_handler is unregistered first; that clears the post_handler of their aggregate, which selects the ops. Unregistering the other makes the kernel warn (disarming failed, error -2) and may end in a use after free. (If the one without a post_handler came first, the fix does not help: see clients@linux-6.12.)',
  source: 'mail 20221112070000.35299-1-lihuafei1@huawei.com; reported by Zhao Gongyi',
  fixedBy: '5dd7caf0bdc5',
  release: '6.1',
  ...clientPair(rule, 'kprobe=1,post=1', { clearsPostHandler: false }, { clearsPostHandler: true }),
};
