import type { Rule } from '../../src/model/network.js';
import { agreed } from '../outcome.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'ipmodify-joins-after-yes',
  description:
    'IPMODIFY joins a direct record only after the owner agreed in a callback of that call.',
  source:
    'RFC mail 20220714204817.2889e280: "ask the owner of the direct ops if it is safe to have an IP modify attached to it or not"',
  step: ({ before, call, emitted, after }) => {
    const ops = after.named(call.to);
    if (ops?.kind !== 'ipmodify') return true;
    const was = before.named(call.to)!;
    return ops.reached.every((number) => {
      const joins = ops.on(number) && !was.on(number) && !before.hasIpmodify(number);
      return (
        !joins ||
        after.ops.every(
          (o) => o.kind !== 'direct' || !o.on(number) || agreed(emitted, o.name, 'PEER', number),
        )
      );
    });
  },
};
