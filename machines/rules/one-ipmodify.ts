import type { Rule } from '../../src/model/network.js';
import { each, type World } from '../world.js';

export const rule: Rule<World> = {
  id: 'one-ipmodify',
  description: 'At most one IPMODIFY ops is on a record.',
  source:
    'RFC mail 20220714204817.2889e280: "IPMODIFY on the rec means that it can not attach anything else with an IPMODIFY on it"',
  ...each(
    'records',
    ({ ops }, { number }) => ops.filter((o) => o.kind === 'ipmodify' && o.on(number)).length <= 1,
  ),
};
