import type { Rule, Step } from '../../src/model/network.js';
import { EAGAIN } from '../events.js';
import { without } from '../ftrace/call.js';
import { errnoOf } from '../outcome.js';
import type { OpsView, World } from '../world.js';

export const rule: Rule<World> = {
  id: 'order-does-not-matter',
  description:
    'In any order, a call that puts two ops on one record is refused exactly if both are IPMODIFY, both are direct, or the owner of the direct one does not share with the IPMODIFY one.',
  source:
    'RFC mail 20220714204817.2889e280, the three attach cases: each is about the ops on the record',
  step: (step) => {
    const errno = errnoOf(step.emitted);
    // -EAGAIN is not a refusal: the owner is ready on the next try.
    if (errno === EAGAIN) return true;
    const isClash = clashes(step);
    return isClash === undefined || isClash === errno < 0 || step.after.over;
  },
};

/** Whether the call combines ops that cannot share a record; undefined if the rule makes no claim about the call. */
function clashes({ before, call: { to, message } }: Step<World>): boolean | undefined {
  const ops = before.named(to);
  if (ops === undefined) return undefined;
  const records = (message.records ?? []) as readonly number[];
  switch (message.type) {
    case 'register':
      // Only misuse registers an ops twice, or with an empty filter.
      return ops.enabled || ops.filter.length === 0 || isRefusedAlone(before, ops)
        ? undefined
        : meets(before, ops, ops.filter);
    case 'add':
      return ops.enabled ? meets(before, ops, records) : false;
    case 'direct add':
      // Only misuse names no function, one function twice, or one that the ops has.
      return records.length === 0 ||
        hasTwice(records) ||
        records.some((r) => ops.filter.includes(r))
        ? undefined
        : meets(before, ops, records);
    case 'notrace':
      // The kernel refuses it for every IPMODIFY ops. Otherwise it attaches the ops to functions that it excluded.
      if (ops.hasIpmodifyFlag) return undefined;
      return ops.enabled && meets(before, ops, without(ops.notrace, records), records);
    default:
      return undefined;
  }
}

const hasTwice = (records: readonly number[]): boolean => new Set(records).size < records.length;

/** Whether the attributes that its caller set refuse the ops, whichever others there are. */
const isRefusedAlone = ({ scope, off }: World, ops: OpsView): boolean =>
  scope.attributes === 1 && (ops.spoiled || !ops.initialized || (ops.permanent && off));

/** Whether an ops clashes with another one on these records; undefined if the answer of an owner is open. */
function meets(
  world: World,
  ops: OpsView,
  records: readonly number[],
  hidden = ops.notrace,
): boolean | undefined {
  // Kinds first: an ops with which no clash is possible needs no further reads.
  const clashing = world.ops
    .filter((other) => other !== ops)
    .map((other) => ({ other, is: isClash(ops, other) }))
    .filter(({ is }) => is !== false);
  const met = records.flatMap((r) =>
    clashing
      .filter(({ other }) => other.attached.includes(r))
      // A direct ops has an entry in the table even for a function that a notrace entry excludes.
      .filter(({ other }) => areDirect(ops, other) || (other.on(r) && !hidden.includes(r)))
      .map(({ is }) => is),
  );
  return met.includes(true) ? true : met.includes(undefined) ? undefined : false;
}

const areDirect = (one: OpsView, other: OpsView) =>
  one.kind === 'direct' && other.kind === 'direct';

function isClash(one: OpsView, other: OpsView): boolean | undefined {
  if (areDirect(one, other)) return true;
  const [ipmodify, ...more] = [one, other].filter(({ kind }) => kind === 'ipmodify');
  if (ipmodify === undefined) return false;
  if (more.length > 0) return true;
  const direct = [one, other].find(({ kind }) => kind === 'direct');
  return direct === undefined
    ? false
    : direct.canShare === undefined
      ? undefined
      : !direct.canShare;
}
