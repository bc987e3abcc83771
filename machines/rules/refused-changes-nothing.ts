import type { Rule } from '../../src/model/network.js';
import { callbacksOf, errnoOf } from '../outcome.js';
import { EAGAIN } from '../words.js';
import type { OpsSeen, World } from '../world.js';

/** An owner that says "try again" adjusts itself on purpose; its consent is not left behind by mistake. */
const saidTryAgain = (said: Parameters<typeof callbacksOf>[0], ops: string) =>
  callbacksOf(said).some((c) => c.ops === ops && c.errno === EAGAIN);

const sharing = ({ consents }: OpsSeen) => consents.map((c) => c.sharing).join();

export const rule: Rule<World> = {
  id: 'refused-changes-nothing',
  says: 'A refused call leaves flags, counts, filters, table entries and consent as they were.',
  source:
    'rollback in __ftrace_hash_update_ipmodify(); what every caller of register takes for granted',
  step: ({ before, said, after }) =>
    errnoOf(said) === 0 ||
    (after.records.every((r, i) => {
      const was = before.records[i]!;
      return (
        r.state === was.state &&
        r.count === was.count &&
        r.regs === was.regs &&
        r.entry === was.entry
      );
    }) &&
      after.ops.every((o, i) => {
        const was = before.ops[i]!;
        return (
          o.enabled === was.enabled &&
          o.callee === was.callee &&
          o.filter.join() === was.filter.join() &&
          (sharing(o) === sharing(was) || saidTryAgain(said, o.name))
        );
      })),
};
