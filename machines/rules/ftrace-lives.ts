import type { Rule } from '../../src/model/network.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'ftrace-lives',
  description: 'No call kills ftrace.',
  source: 'a refusal is an errno; FTRACE_WARN_ON(), ftrace_kill() in kernel/trace/ftrace.c',
  always: ({ dead }) => !dead,
};
