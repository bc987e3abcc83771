import type { Rule } from '../../../src/model/network.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'nothing-kills-ftrace',
  description: 'No action of an administrator kills ftrace.',
  source: 'FTRACE_WARN_ON(), ftrace_kill() in kernel/trace/ftrace.c',
  always: ({ killed }) => !killed,
};
