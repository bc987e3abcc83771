import type { Rule } from '../../src/model/network.js';
import { agreed, errnoOf } from '../outcome.js';
import { changedRecords, type World } from '../world.js';

export const rule: Rule<World> = {
  id: 'new-trampoline-after-yes',
  description:
    'An IPMODIFY record gets a new trampoline only after its owner agreed in a callback of that call.',
  source: 'commit 3e9a18e1c3e9; the new trampoline may be one that calls the original function',
  step: (step) => {
    const { call, emitted, after } = step;
    return (
      !['modify', 'direct mod'].includes(call.message.type) ||
      errnoOf(emitted) !== 0 ||
      changedRecords(step).every(
        ({ was, is }) =>
          is.entry === was.entry ||
          !after.hasIpmodify(is.number) ||
          agreed(emitted, call.to, 'SELF', is.number),
      )
    );
  },
};
