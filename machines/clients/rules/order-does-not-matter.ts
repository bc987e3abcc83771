import type { Rule, Step } from '../../../src/model/network.js';
import { errnoOf } from '../../outcome.js';
import { bpf } from '../bpf/client.js';
import { MODULE_FUNCTION } from '../client.js';
import { kprobes } from '../kprobes/client.js';
import type { Probe } from '../kprobes/probe.js';
import { livepatch } from '../livepatch/client.js';
import { sample } from '../sample/client.js';
import type { Sample } from '../sample/machine.js';
import { isUnsupported } from '../unsupported.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'order-does-not-matter',
  description:
    'In any order, an action is refused exactly if it combines on one function a livepatch with a kprobe that has a post_handler, a sample with a BPF program, another sample, a livepatch or such a kprobe, or BPF programs that name it differently; or if it combines a livepatch with ftrace_enabled = 0, removes an enabled event, changes a livepatch during the transition of another, or one that a force keeps, attaches an attached program or more programs than a trampoline takes, or registers a kprobe on a function that is not there; or if this kernel always refuses it.',
  source:
    'RFC mail 20220714204817.2889e280, the three attach cases: each is about the ops on the record; commit 0bc11ed5ab60',
  step: (step) =>
    (isUnsupported(step.before, step.call.message) || isClash(step)) === errnoOf(step.emitted) < 0,
};

/** Whether the clients on its functions require a refusal of the action. */
function isClash({ before, call: { message } }: Step<ClientWorld>): boolean {
  const hasPost = (record: number) =>
    before
      .of(kprobes)
      .registered(record)
      .some((p) => p.postHandler);
  switch (message.type) {
    case 'attach': {
      const program = message.program as string;
      const records = before.of(bpf).functionsOf(program);
      return (
        before.of(bpf).programs(records[0]!).includes(program) ||
        before.of(bpf).exceeds(program) ||
        before.of(bpf).hasOtherName(program) ||
        records.some((record) => before.of(sample).isLoaded(record))
      );
    }
    case 'disable':
    case 're-enable':
    case 'force':
      return before.of(livepatch).refuses(message.type, message.patch as string);
    case 'enable': {
      if (before.of(livepatch).refuses('enable', message.patch as string)) return true;
      const patched = before
        .of(livepatch)
        .toPatch(message.patch as string)
        .filter((record) => before.has(record));
      return (
        (before.off && patched.length > 0) ||
        patched.some((record) => hasPost(record) || before.of(sample).isLoaded(record))
      );
    }
    case 'load module':
      return before.off && before.of(livepatch).patches(MODULE_FUNCTION);
    case 'ftrace_enabled':
      return (
        message.on === false && before.records.some((r) => before.of(livepatch).patches(r.number))
      );
    case 'unregister kprobe':
      // unregister_trace_kprobe()
      return before.of(kprobes).isEnabledEvent(message.probe as unknown as Probe);
    case 'enable kprobe':
    case 'register kprobe': {
      const { record, postHandler, event } = message.probe as unknown as Probe;
      if (!before.has(record)) return !event;
      return (
        postHandler && (before.of(livepatch).patches(record) || before.of(sample).isLoaded(record))
      );
    }
    case 'load': {
      const { record } = message.sample as unknown as Sample;
      return (
        before.of(bpf).programs(record).length > 0 ||
        before.of(sample).isLoaded(record) ||
        before.of(livepatch).patches(record) ||
        hasPost(record)
      );
    }
    default:
      return false;
  }
}
