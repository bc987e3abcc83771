import type { Rule } from '../../src/model/network.js';
import { callbacksOf } from '../outcome.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'agreement-is-used',
  says: 'When an owner agrees, the call goes on until an IPMODIFY ops shares its record, or the owner is told that it does not, or stops it itself.',
  source:
    'seed mail: "it will adjust itself to work with the IPMODIFY and the IPMODIFY will continue to be added"',
  step: ({ said, after }) => {
    const callbacks = callbacksOf(said);
    return (
      after.over ||
      callbacks.every(
        ({ ops, command, errno, record }, i) =>
          command === 'DISABLE' ||
          errno !== 0 ||
          after
            .named(ops)!
            .reached.some(
              (r) => (record ?? r) === r && after.hasIpmodify(r) && after.named(ops)!.on(r),
            ) ||
          callbacks
            .slice(i)
            .some(
              (c) =>
                c.ops === ops &&
                (c.errno !== 0 || (c.command === 'DISABLE' && c.record === record)),
            ),
      )
    );
  },
};
