import type { Rule } from '../../src/model/network.js';
import { each, type World } from '../world.js';

export const rule: Rule<World> = {
  id: 'one-direct',
  description: 'At most one direct ops is on a record.',
  source: 'the -EBUSY of register_ftrace_direct()',
  ...each(
    'records',
    ({ ops }, { number }) => ops.filter((o) => o.kind === 'direct' && o.on(number)).length <= 1,
  ),
};
