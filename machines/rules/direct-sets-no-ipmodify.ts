import type { Rule } from '../../src/model/network.js';
import { changedRecords, type World } from '../world.js';

export const rule: Rule<World> = {
  id: 'direct-sets-no-ipmodify',
  description: 'A call on a direct ops never sets IPMODIFY on a record.',
  source:
    'RFC mail 20220714204817.2889e280: "What I\'m suggesting is that a DIRECT ops will never set IPMODIFY"',
  step: (step) =>
    step.before.named(step.call.to)?.kind !== 'direct' ||
    changedRecords(step).every(({ was, is }) => !is.ipmodify || was.ipmodify),
};
