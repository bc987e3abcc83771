import type { Rule } from '../../src/model/network.js';
import { type Callback, callbacksOf } from '../outcome.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'agreement-is-used',
  description:
    'After an owner agrees, the call ends with IPMODIFY sharing its record, unless the owner is sent DISABLE or a later callback refuses.',
  source:
    'RFC mail 20220714204817.2889e280: "it will adjust itself to work with the IPMODIFY and the IPMODIFY will continue to be added"',
  step: ({ emitted, after }) => {
    const callbacks = callbacksOf(emitted);
    return (
      callbacks.every(
        (c, i) =>
          c.command === 'DISABLE' ||
          c.errno !== 0 ||
          isShared(after, c) ||
          callbacks.slice(i).some((later) => endsIt(later, c)),
      ) || after.over
    );
  },
};

/** Whether an IPMODIFY ops shares a record that the owner agreed to share. */
function isShared(after: World, { ops: name, record }: Callback): boolean {
  const ops = after.named(name)!;
  return after.records.some(
    ({ number }) =>
      (record === undefined || record === number) && ops.on(number) && after.hasIpmodify(number),
  );
}

/** Whether a later callback ends the agreement: the owner is sent DISABLE, or returns anything but 0. */
const endsIt = (later: Callback, { ops, record }: Callback): boolean =>
  later.ops === ops &&
  (later.errno !== 0 || (later.command === 'DISABLE' && later.record === record));
