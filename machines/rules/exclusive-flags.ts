import type { Rule } from '../../src/model/network.js';
import { each, type World } from '../world.js';

export const rule: Rule<World> = {
  id: 'exclusive-flags',
  description: 'An ops is never both DIRECT and IPMODIFY.',
  source: 'RFC mail 20220714204817.2889e280: "the two should be mutually exclusive"',
  ...each('ops', (_, o) => !(o.kind === 'direct' && o.hasIpmodifyFlag)),
};
