import type { Rule } from '../../src/model/network.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'entry-is-exact',
  says: 'A record has an entry in the table of direct functions exactly while a direct ops is enabled there.',
  source: 'direct_functions in kernel/trace/ftrace.c',
  always: ({ over, records, ops }) =>
    over ||
    records.every(
      (r) => (r.entry !== null) === ops.some((o) => o.kind === 'direct' && o.on(r.number)),
    ),
};
