import type { Rule } from '../../src/model/network.js';
import { type Bug, clientPair } from '../bug.js';
import { IPMODIFY } from '../clients/types.js';
import type { ClientWorld } from '../clients/world.js';

const rule: Rule<ClientWorld> = {
  id: 'last-one-is-disarmed',
  description:
    'What was armed with the IPMODIFY ops is disarmed when its last kprobe is unregistered.',
  source: '__disarm_kprobe_ftrace() in kernel/kprobes.c',
  always: (world) => world.dangling === null || world.armedWith(1) !== IPMODIFY,
};

export const bug: Bug = {
  name: 'wrong-ops-disarmed',
  description:
    'Several kprobes of a function are armed with one ops and disarmed with the other, which is not on the function.',
  report:
    'One of two kprobes has a post_handler and is unregistered first; that clears the post_handler of their aggregate, by which the ops is chosen. To unregister the other makes the kernel warn (disarming failed, error -2) and may end in use after free. (Where the one without came first the fix does not help: see clients@linux-6.12.)',
  source: 'mail 20221112070000.35299-1-lihuafei1@huawei.com; reported by Zhao Gongyi',
  fixedBy: '5dd7caf0bdc5',
  release: '6.1',
  ...clientPair(rule, 'kprobe=1,post=1', { clearsPostHandler: false }, { clearsPostHandler: true }),
};
