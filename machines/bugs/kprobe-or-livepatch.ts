import type { Rule } from '../../src/model/network.js';
import { type Bug, clientPair } from '../bug.js';
import { kprobes } from '../clients/kprobes/client.js';
import { livepatch } from '../clients/livepatch/client.js';
import type { ClientWorld } from '../clients/world.js';

const rule: Rule<ClientWorld> = {
  id: 'kprobe-beside-livepatch',
  description: 'A livepatched function can have a kprobe without a post_handler.',
  source: 'commit 0bc11ed5ab60',
  possible: [
    {
      description: 'kprobe P on a livepatched function',
      holds: (world) =>
        world.of(livepatch).patches(1) && world.of(kprobes).registered(1).length > 0,
    },
  ],
};

export const bug: Bug = {
  name: 'kprobe-or-livepatch',
  description:
    'A kprobe and a livepatch exclude each other on a function, although the probe never changes the ip.',
  report:
    'The kernel armed every kprobe on ftrace with an IPMODIFY ops, and a function accepts only one. With the fix, it does so only for a kprobe with a post_handler; a kprobe that changes the ip must then have such a handler, even if it is empty.',
  source:
    'mail 156403587671.30117.5233558741694155985.stgit@devnote2, Masami Hiramatsu, 25 Jul 2019',
  fixedBy: '0bc11ed5ab60',
  release: '5.4',
  afterwards: ['enable livepatch', 'register kprobe P'],
  ...clientPair(rule, 'livepatch=1,kprobe=1', { alwaysIpmodify: false }, { alwaysIpmodify: true }),
};
