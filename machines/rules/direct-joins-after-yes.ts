import type { Rule } from '../../src/model/network.js';
import { agreed } from '../outcome.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'direct-joins-after-yes',
  description:
    'A direct ops joins an IPMODIFY record only after its owner agreed in a callback of that call.',
  source:
    'RFC mail 20220714204817.2889e280: "All ftrace will do is ask the owner of the direct ops if it is safe"',
  step: ({ before, call, emitted, after }) => {
    const ops = after.named(call.to);
    if (ops?.kind !== 'direct') return true;
    return ops.filter.every((r) => {
      const joins = ops.on(r) && !before.named(call.to)!.on(r) && after.hasIpmodify(r);
      return !joins || agreed(emitted, ops.name, 'SELF', r);
    });
  },
};
