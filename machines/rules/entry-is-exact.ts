import type { Rule } from '../../src/model/network.js';
import { each, type World } from '../world.js';

export const rule: Rule<World> = {
  id: 'entry-is-exact',
  description:
    'A record has an entry in the table of direct functions exactly while an enabled direct ops is on it.',
  source: 'direct_functions in kernel/trace/ftrace.c',
  ...each(
    'records',
    ({ over, ops }, { number, entry }) =>
      over || (entry !== null) === ops.some((o) => o.kind === 'direct' && o.on(number)),
  ),
};
