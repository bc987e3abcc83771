import type { Rule } from '../../src/model/network.js';
import type { Bug } from '../bug.js';
import { kprobeNetwork } from '../kprobes/network.js';
import type { KprobeWorld } from '../kprobes/world.js';

const rule: Rule<KprobeWorld> = {
  id: 'last-one-is-disarmed',
  says: 'When the last kprobe of a function is unregistered, no ops of the kprobe core is on the function.',
  source: '__disarm_kprobe_ftrace() in kernel/kprobes.c',
  always: ({ probes, attached }) => probes.length > 0 || attached.length === 0,
};

const callers = {
  probes: [
    { name: 'P', postHandler: false },
    { name: 'Q', postHandler: true },
  ],
  livepatch: false,
};
const network = (name: string, clearsPostHandler: boolean) =>
  kprobeNetwork(name, { alwaysIpmodify: false, clearsPostHandler }, callers, rule);

export const bug: Bug = {
  name: 'wrong-ops-disarmed',
  says: 'Several kprobes of a function are armed with one ops and disarmed with the other, which is not on the function.',
  report:
    'One of two kprobes has a post_handler and is unregistered first; that clears the post_handler of their aggregate, by which the ops is chosen. To unregister the other makes the kernel warn (disarming failed, error -2) and may end in use after free.',
  source: 'mail 20221112070000.35299-1-lihuafei1@huawei.com; reported by Zhao Gongyi',
  fixedBy: '5dd7caf0bdc5',
  release: '6.1',
  before: network('kprobes before the fix', true),
  after: network('kprobes', false),
};
