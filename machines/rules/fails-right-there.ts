import type { Rule } from '../../src/model/network.js';
import { callbacksOf, claimed, errnoOf } from '../outcome.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'fails-right-there',
  description:
    'Attaching an IPMODIFY ops to a record with IPMODIFY fails at once; the call asks no owner about that record.',
  source:
    'RFC mail 20220714204817.2889e280: "if it already has an IPMODIFY then it will fail right there"',
  step: (step) => {
    const { before, call, emitted } = step;
    if (before.named(call.to)?.kind !== 'ipmodify') return true;
    const records = claimed(step);
    if (!records.some((r) => before.record(r).ipmodify)) return true;
    const mayBeAsked = records.filter((r) => before.record(r).direct && !before.record(r).ipmodify);
    return (
      errnoOf(emitted) < 0 &&
      callbacksOf(emitted).every(({ ops }) => mayBeAsked.some((r) => before.named(ops)!.on(r)))
    );
  },
};
