import { assign, emit, setup } from 'xstate';
import type { Returns } from '../client.js';

export const SAMPLE_OPS = 'sample_ops';

interface Sample {
  /** The errno of a load that failed; else 0. */
  readonly errno: number;
}

type SampleEvent = { type: 'load' | 'unload' } | Returns;

/**
 * A module with a direct ops on function 1 and without ops_func, as those in samples/ftrace. Each load has a new ops.
 */
export const sample = setup({
  types: { context: {} as Sample, events: {} as SampleEvent },
  guards: { failed: ({ event }) => event.type === 'returns' && event.errno < 0 },
  actions: {
    'set filter': emit({ type: 'add', to: SAMPLE_OPS, from: 'sample', records: [1] }),
    register: emit({ type: 'register', to: SAMPLE_OPS, from: 'sample', order: [1] }),
    unregister: emit({ type: 'unregister', to: SAMPLE_OPS, from: 'sample', order: [1] }),
    'ops is gone': emit({ type: 'renew', to: SAMPLE_OPS }),
    'note errno': assign({ errno: ({ event }) => (event.type === 'returns' ? event.errno : 0) }),
    'forget errno': assign({ errno: 0 }),
    'say done': emit({ type: 'returns', errno: 0 }),
    'say errno': emit(({ context }) => ({ type: 'returns', errno: context.errno })),
  },
}).createMachine({
  id: 'sample',
  context: { errno: 0 },
  initial: 'out',
  states: {
    out: { on: { load: { target: 'setting filter', actions: 'set filter' } } },
    'setting filter': { on: { returns: { target: 'registering', actions: 'register' } } },
    registering: {
      on: {
        returns: [
          { guard: 'failed', target: 'refused', actions: ['note errno', 'ops is gone'] },
          { target: 'in', actions: 'say done' },
        ],
      },
    },
    refused: { always: { target: 'out', actions: ['say errno', 'forget errno'] } },
    in: { on: { unload: { target: 'unregistering', actions: 'unregister' } } },
    unregistering: { on: { returns: { target: 'out', actions: ['ops is gone', 'say done'] } } },
  },
});
