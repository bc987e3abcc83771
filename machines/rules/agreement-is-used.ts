import type { Rule } from '../../src/model/network.js';
import { callbacksOf } from '../outcome.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'agreement-is-used',
  says: 'When an owner agrees, the call goes on, until an IPMODIFY ops shares one of its records.',
  source:
    'seed mail: "it will adjust itself to work with the IPMODIFY and the IPMODIFY will continue to be added"',
  step: ({ said, after }) =>
    callbacksOf(said).every(
      ({ ops, command, errno }) =>
        command === 'DISABLE' ||
        errno !== 0 ||
        after.dead ||
        after.records.some((r) => after.hasIpmodify(r.number) && after.named(ops).on(r.number)),
    ),
};
