import type { Rule } from '../../src/model/network.js';
import { each, type World } from '../world.js';

export const rule: Rule<World> = {
  id: 'one-ipmodify',
  description: 'At most one IPMODIFY ops is on a record.',
  source:
    'seed mail: "IPMODIFY on the rec means that it can not attach anything else with an IPMODIFY on it"',
  ...each(
    'records',
    ({ ops }, { number }) => ops.filter((o) => o.kind === 'ipmodify' && o.on(number)).length <= 1,
  ),
};
