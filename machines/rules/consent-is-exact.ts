import type { Rule } from '../../src/model/network.js';
import { each, type World } from '../world.js';

export const rule: Rule<World> = {
  id: 'consent-is-exact',
  description:
    'The owner of an enabled direct ops is sharing exactly while an IPMODIFY ops is on a record that the owner answers for.',
  source: 'FTRACE_OPS_CMD_ENABLE_SHARE_IPMODIFY_PEER and _DISABLE_ in include/linux/ftrace.h',
  ...each(
    'ops',
    (world, o) =>
      world.over ||
      !o.enabled ||
      o.consents.every(
        ({ records, sharing }) => sharing === records.some((r) => world.hasIpmodify(r)),
      ),
  ),
};
