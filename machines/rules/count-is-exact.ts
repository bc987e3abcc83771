import type { Rule } from '../../src/model/network.js';
import { each, type World } from '../world.js';

export const rule: Rule<World> = {
  id: 'count-is-exact',
  description: 'The count of a record is the number of enabled ops on it.',
  source: 'RFC mail 20220714204817.2889e280: "ftrace will take care of the accounting"',
  ...each(
    'records',
    ({ over, ops }, { number, count }) => over || count === ops.filter((o) => o.on(number)).length,
  ),
};
