import type { Rule } from '../../../src/model/network.js';
import { bpf } from '../bpf/client.js';
import { kprobes } from '../kprobes/client.js';
import { livepatch } from '../livepatch/client.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'can-be-together',
  description:
    'A livepatched function can also have a BPF program and a kprobe that does not change the ip.',
  source:
    'RFC mail 20220714204817.2889e280: "a direct ops that can share IPMODIFY"; commits 00963a2e75a8, 0bc11ed5ab60',
  possible: [
    {
      description: 'fentry on a livepatched function',
      holds: (world) =>
        world.of(livepatch).patches(1) && world.of(bpf).programs(1).includes('fentry'),
      inScope: ({ scope }) => scope.livepatch > 0 && scope.fentry > 0,
    },
    {
      description: 'a kprobe without a post_handler on a livepatched function',
      holds: (world) =>
        world.of(livepatch).patches(1) &&
        world
          .of(kprobes)
          .registered(1)
          .some(({ postHandler }) => !postHandler),
      inScope: ({ scope }) => scope.livepatch > 0 && scope.kprobe > 0,
    },
  ],
};
