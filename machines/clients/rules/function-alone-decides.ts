import type { Message, Rule } from '../../../src/model/network.js';
import { errnoOf } from '../../outcome.js';
import type { RecordView } from '../../world.js';
import { bpf } from '../bpf/client.js';
import { MODULE_FUNCTION } from '../client.js';
import { kprobes } from '../kprobes/client.js';
import type { Probe } from '../kprobes/probe.js';
import { livepatch } from '../livepatch/client.js';
import type { Sample } from '../sample/machine.js';
import { isUnsupported } from '../unsupported.js';
import type { ClientWorld } from '../world.js';

/** Whether a client that may change the ip is refused on a function, by its users alone. */
const refusesIpmodify = (world: ClientWorld, record: RecordView): boolean =>
  record.ipmodify || world.callee(record) === 'sample';

function refusesProbe(world: ClientWorld, probe: Probe): boolean {
  const record = world.record(probe.record);
  if (record === undefined) return !probe.event;
  return (
    world.of(kprobes).wouldArmWithIpmodify(probe.record, probe) && refusesIpmodify(world, record)
  );
}

function refusesProgram(world: ClientWorld, program: string): boolean | undefined {
  const [record, ...more] = world.of(bpf).functionsOf(program);
  if (
    world.of(bpf).programs(record!).includes(program) ||
    world.of(bpf).exceeds(program) ||
    world.of(bpf).hasOtherName(program)
  )
    return true;
  return more.length > 0 ? undefined : world.callee(world.record(record!)!) === 'sample';
}

function refusesPatch(world: ClientWorld, patch: string): boolean | undefined {
  if (world.of(livepatch).refuses('enable', patch)) return undefined;
  const [record, ...more] = world.of(livepatch).toPatch(patch);
  const first = record === undefined ? undefined : world.record(record);
  if (first === undefined) return false;
  if (world.off) return true;
  return more.length > 0 ? undefined : refusesIpmodify(world, first);
}

/** Whether the function of a sample has a direct or an IPMODIFY ops. */
function isTaken(world: ClientWorld, { record }: Sample): boolean {
  const { ipmodify, direct } = world.record(record)!;
  return ipmodify || direct;
}

/** Whether an action is refused if only its own function counts; undefined for an action on several functions. */
function alone(world: ClientWorld, { type, ...more }: Message): boolean | undefined {
  const probe = more.probe as unknown as Probe | undefined;
  const sample = more.sample as unknown as Sample | undefined;
  switch (type) {
    case 'attach':
      return refusesProgram(world, more.program as string);
    case 'enable':
      return refusesPatch(world, more.patch as string);
    // The transition of a livepatch of another function refuses it.
    case 'disable':
    case 're-enable':
    case 'force':
    case 'ftrace_enabled':
    // A function that cannot be disarmed, and an enabled event, refuse by themselves.
    case 'disable kprobe':
    case 'unregister kprobe':
      return undefined;
    case 'register kprobe':
      return !probe!.event && refusesProbe(world, probe!);
    case 'enable kprobe':
      return refusesProbe(world, probe!);
    case 'load':
      return isTaken(world, sample!);
    case 'load module':
      return world.off && world.of(livepatch).patches(MODULE_FUNCTION);
    default:
      return false;
  }
}

export const rule: Rule<ClientWorld> = {
  id: 'function-alone-decides',
  description:
    'Whether the kernel accepts an action on a function depends only on the users of that function, not on those of another function.',
  source: 'RFC mail 20220714204817.2889e280, the three attach cases: each is about a single record',
  step: ({ before, call: { message }, emitted }) => {
    const isRefused = isUnsupported(before, message) ? undefined : alone(before, message);
    return isRefused === undefined || errnoOf(emitted) < 0 === isRefused;
  },
};
