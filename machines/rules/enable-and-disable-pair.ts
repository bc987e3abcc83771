import type { Rule, Step } from '../../src/model/network.js';
import { callbacksOf } from '../outcome.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'enable-and-disable-pair',
  description:
    'During a call on an IPMODIFY ops, an owner accepts one ENABLE for each record whose sharing begins, and receives one DISABLE for each record whose sharing ends.',
  source: 'FTRACE_OPS_CMD_ENABLE_SHARE_IPMODIFY_PEER and _DISABLE_ in include/linux/ftrace.h',
  step: (step) => {
    const { before, call, emitted, after } = step;
    const ops = before.named(call.to);
    if (ops?.kind !== 'ipmodify') return true;
    // An ops that is enabled neither before nor after the call shares nothing.
    const isIdle = !ops.enabled && !after.named(call.to)!.enabled;
    if (isIdle && callbacksOf(emitted).length === 0) return true;
    return (
      after.over ||
      before.ops.every(({ name, owners }) => {
        if (owners.length === 0) return true;
        const { askGranularity } = before.features;
        const numbers = before.records.map(({ number }) => number);
        return askGranularity === 'ops'
          ? arePaired(step, name, numbers)
          : numbers.every((number) => arePaired(step, name, [number]));
      })
    );
  },
};

/** Whether the commands about these records of a direct ops come in pairs. One answer of its owner covers them all. */
function arePaired(
  { before, emitted, after }: Step<World>,
  name: string,
  records: readonly number[],
) {
  const about = callbacksOf(emitted).filter(
    ({ ops, record }) => ops === name && (record === undefined || records.includes(record)),
  );
  const enables = about.filter(({ command, errno }) => command === 'PEER' && errno === 0).length;
  const disables = about.filter(({ command }) => command === 'DISABLE').length;
  // An owner that takes its own ops off a record needs no command for that.
  const isOn = (r: number) => after.named(name)!.on(r);
  const was = records.filter((r) => before.named(name)!.on(r) && before.hasIpmodify(r) && isOn(r));
  const is = records.filter((r) => isOn(r) && after.hasIpmodify(r));
  // A design that sends DISABLE for the last record only treats all records as one sharing, however many commands it
  // sends.
  if (before.features.notifiesAfterLastOnly)
    return (
      disables > 0 === (was.length + enables > 0 && is.length === 0) &&
      (enables > 0 || was.length > 0 || is.length === 0)
    );
  return enables - disables === is.length - was.length;
}
