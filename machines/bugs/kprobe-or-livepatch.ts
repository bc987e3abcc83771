import type { Rule } from '../../src/model/network.js';
import type { Bug } from '../bug.js';
import { kprobeNetwork } from '../kprobes/network.js';
import type { KprobeWorld } from '../kprobes/world.js';

const rule: Rule<KprobeWorld> = {
  id: 'kprobe-beside-livepatch',
  says: 'A function can have a kprobe without a post_handler and an IPMODIFY ops.',
  source: 'commit 0bc11ed5ab60',
  possible: [
    {
      says: 'kprobe P and IPMODIFY ops X on one function',
      holds: ({ probes, attached }) => probes.length > 0 && attached.includes('X'),
    },
  ],
};

const callers = { probes: [{ name: 'P', postHandler: false }], livepatch: true };
const network = (name: string, alwaysIpmodify: boolean) =>
  kprobeNetwork(name, { alwaysIpmodify, clearsPostHandler: true }, callers, rule);

export const bug: Bug = {
  name: 'kprobe-or-livepatch',
  says: 'A kprobe on a function keeps every livepatch off it, and the other way round, though the probe never changes the ip.',
  report:
    'Every kprobe on ftrace was armed with an IPMODIFY ops, and a function has room for one. With the fix only a kprobe with a post_handler is; one that changes the ip must have such a handler, if only an empty one, from then on.',
  source:
    'mail 156403587671.30117.5233558741694155985.stgit@devnote2, Masami Hiramatsu, 25 Jul 2019',
  fixedBy: '0bc11ed5ab60',
  release: '5.4',
  afterwards: ['add X 1', 'register X records 1', 'register kprobe P'],
  before: network('kprobes before the fix', true),
  after: network('kprobes', false),
};
