import { assign, emit, setup } from 'xstate';
import { EOPNOTSUPP } from '../../events.js';
import type { Returns } from '../client.js';
import type { KernelFixes } from '../kernelFixes.js';

export const FPROBE_OPS = 'fprobe_ops';

export type FprobeInput = Pick<KernelFixes, 'fprobes'>;

interface Fprobe extends FprobeInput {
  /** The errno of an attach that failed; else 0. */
  readonly errno: number;
}

type FprobeEvent = { type: 'attach fprobe' | 'detach fprobe' } | Returns;

/**
 * A BPF program on function 1 by a link of the type kprobe_multi, which registers an fprobe: an ops that changes no ip.
 * Each link of 6.12 has an ops; all links of 7.2 share one, and here is one link.
 */
export const fprobe = setup({
  types: { context: {} as Fprobe, events: {} as FprobeEvent, input: {} as FprobeInput },
  guards: {
    'is not built in': ({ context }) => context.fprobes === 'absent',
    failed: ({ event }) => event.type === 'returns' && event.errno < 0,
  },
  actions: {
    'set filter': emit({ type: 'add', to: FPROBE_OPS, from: 'fprobe', records: [1] }),
    register: emit({ type: 'register', to: FPROBE_OPS, from: 'fprobe', order: [1] }),
    unregister: emit({ type: 'unregister', to: FPROBE_OPS, from: 'fprobe', order: [1] }),
    'free filter': emit({ type: 'renew', to: FPROBE_OPS }),
    'note errno': assign({ errno: ({ event }) => (event.type === 'returns' ? event.errno : 0) }),
    'forget errno': assign({ errno: 0 }),
    'say not supported': emit({ type: 'returns', errno: EOPNOTSUPP }),
    'say done': emit({ type: 'returns', errno: 0 }),
    'say errno': emit(({ context }) => ({ type: 'returns', errno: context.errno })),
  },
}).createMachine({
  id: 'fprobe',
  context: ({ input }) => ({ ...input, errno: 0 }),
  initial: 'detached',
  states: {
    detached: {
      on: {
        'attach fprobe': [
          { guard: 'is not built in', actions: 'say not supported' },
          { target: 'setting filter', actions: 'set filter' },
        ],
      },
    },
    // register_fprobe_ips()
    'setting filter': { on: { returns: { target: 'registering', actions: 'register' } } },
    registering: {
      on: {
        returns: [
          { guard: 'failed', target: 'refused', actions: ['note errno', 'free filter'] },
          { target: 'attached', actions: 'say done' },
        ],
      },
    },
    refused: { always: { target: 'detached', actions: ['say errno', 'forget errno'] } },
    attached: { on: { 'detach fprobe': { target: 'unregistering', actions: 'unregister' } } },
    // bpf_kprobe_multi_link_release() ignores the errno of unregister_fprobe().
    unregistering: {
      on: { returns: { target: 'detached', actions: ['free filter', 'say done'] } },
    },
  },
});
