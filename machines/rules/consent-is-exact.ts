import type { Rule } from '../../src/model/network.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'consent-is-exact',
  says: 'The owner of an enabled direct ops is sharing exactly while an IPMODIFY ops is on a record of its own.',
  source: 'FTRACE_OPS_CMD_ENABLE_SHARE_IPMODIFY_PEER and _DISABLE_ in include/linux/ftrace.h',
  always: (world) =>
    world.dead ||
    world.ops.every(
      (o) =>
        o.kind !== 'direct' ||
        o.owner === 'absent' ||
        !o.enabled ||
        o.sharing === o.filter.some((r) => world.hasIpmodify(r)),
    ),
};
