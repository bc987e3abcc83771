import type { Rule } from '../../src/model/network.js';
import { each, type World } from '../world.js';

export const rule: Rule<World> = {
  id: 'flags-are-exact',
  description:
    'A record has flag D exactly while an enabled DIRECT ops is on it, and flag I exactly while an enabled IPMODIFY ops is on it.',
  source:
    'RFC mail 20220714204817.2889e280: "ftrace will take care of the accounting of if a rec has both"',
  ...each(
    'records',
    ({ over, ops }, { number, direct, ipmodify }) =>
      over ||
      (direct === ops.some((o) => o.kind === 'direct' && o.on(number)) &&
        ipmodify === ops.some((o) => o.on(number) && o.hasIpmodifyFlag)),
  ),
};
