import type { Rule } from '../../src/model/network.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'count-is-exact',
  says: 'The count of a record is the number of enabled ops on it.',
  source: 'seed mail: "ftrace will take care of the accounting"',
  always: ({ over, records, ops }) =>
    over || records.every((r) => r.count === ops.filter((o) => o.on(r.number)).length),
};
