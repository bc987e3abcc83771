import type { Rule } from '../../src/model/network.js';
import { EAGAIN } from '../events.js';
import { callbacksOf, errnoOf } from '../outcome.js';
import { changedOps, changedOwners, changedRecords, type World } from '../world.js';

/** Whether an owner returned -EAGAIN. Such an owner adjusts itself on purpose; its consent is no leftover. */
const saidTryAgain = (emitted: Parameters<typeof callbacksOf>[0], ops: string) =>
  callbacksOf(emitted).some((c) => c.ops === ops && c.errno === EAGAIN);

export const rule: Rule<World> = {
  id: 'refused-changes-nothing',
  description: 'A refused call leaves flags, counts, filters, table entries and consent unchanged.',
  source:
    'rollback in __ftrace_hash_update_ipmodify(); taken for granted by every caller of register',
  step: (step) =>
    errnoOf(step.emitted) === 0 ||
    (changedRecords(step).every(
      ({ was, is }) =>
        is.state === was.state &&
        is.count === was.count &&
        is.regs === was.regs &&
        is.entry === was.entry,
    ) &&
      changedOps(step).every(
        ({ was, is }) =>
          is.enabled === was.enabled &&
          is.callee === was.callee &&
          is.filter.join() === was.filter.join(),
      ) &&
      changedOwners(step).every(
        ({ was, is }) =>
          is.sharing.join() === was.sharing.join() || saidTryAgain(step.emitted, is.name),
      )),
};
