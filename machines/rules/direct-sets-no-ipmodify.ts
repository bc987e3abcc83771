import type { Rule } from '../../src/model/network.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'direct-sets-no-ipmodify',
  says: 'A call on a direct ops never sets IPMODIFY on a record.',
  source: 'seed mail: "What I\'m suggesting is that a DIRECT ops will never set IPMODIFY"',
  step: ({ before, call, after }) =>
    before.named(call.to)?.kind !== 'direct' ||
    after.records.every((r, i) => !r.ipmodify || before.records[i]!.ipmodify),
};
