import type { Message, Rule } from '../../../src/model/network.js';
import { EBUSY } from '../../events.js';
import { errnoOf } from '../../outcome.js';
import type { RecordView } from '../../world.js';
import { kprobes } from '../kprobes/client.js';
import type { Probe } from '../kprobes/probe.js';
import { livepatch } from '../livepatch/client.js';
import type { ClientWorld } from '../world.js';

/** The expected errno of a client on a function where it may change the ip. */
const ipmodifyOn = (world: ClientWorld, record: RecordView): number =>
  record.ipmodify || world.callee(record) === 'sample' ? EBUSY : 0;

const probeOn = (world: ClientWorld, record: RecordView, probe: Probe): number =>
  world.of(kprobes).wouldArmWithIpmodify(record.number, probe) ? ipmodifyOn(world, record) : 0;

function enabledAlone(world: ClientWorld, patch: string): number | undefined {
  const [record, ...more] = world.of(livepatch).toPatch(patch);
  if (record === undefined) return 0;
  if (world.off) return EBUSY;
  return more.length > 0 ? undefined : ipmodifyOn(world, world.records[record - 1]!);
}

/** The expected errno of an action if only its own function counts; undefined for an action on several functions. */
function alone(world: ClientWorld, { type, ...more }: Message): number | undefined {
  const probe = more.probe as unknown as Probe | undefined;
  const [first, second] = world.records as readonly [RecordView, RecordView];
  switch (type) {
    case 'attach':
      return world.callee(first) === 'sample' ? EBUSY : 0;
    case 'enable':
      return enabledAlone(world, more.patch as string);
    case 'ftrace_enabled':
    // A function that cannot be disarmed, and an enabled event, refuse by themselves.
    case 'disable kprobe':
    case 'unregister kprobe':
      return undefined;
    case 'register kprobe':
      if (probe!.event) return 0;
      return probeOn(world, probe!.record === 1 ? first : second, probe!);
    case 'enable kprobe':
      return probeOn(world, probe!.record === 1 ? first : second, probe!);
    case 'load':
      return first.ipmodify || first.direct ? EBUSY : 0;
    default:
      return 0;
  }
}

export const rule: Rule<ClientWorld> = {
  id: 'function-alone-decides',
  description:
    'Whether the kernel accepts an action on a function depends only on the users of that function, not on those of another function.',
  source: 'RFC mail 20220714204817.2889e280, the three attach cases: each is about a single record',
  step: ({ before, call: { message }, emitted }) => {
    const expected = alone(before, message);
    return expected === undefined || errnoOf(emitted) === expected;
  },
};
