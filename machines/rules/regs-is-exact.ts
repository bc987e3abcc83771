import type { Rule } from '../../src/model/network.js';
import { each, type World } from '../world.js';

export const rule: Rule<World> = {
  id: 'regs-is-exact',
  description: 'A record has flag R exactly while an enabled ops on it saves registers.',
  source: 'FTRACE_FL_REGS; test_rec_ops_needs_regs() in kernel/trace/ftrace.c',
  ...each(
    'records',
    ({ over, ops }, { number, regs }) =>
      over || regs === ops.some((o) => o.savesRegs && o.on(number)),
  ),
};
