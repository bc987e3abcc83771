import { assign, emit, setup } from 'xstate';
import { emitAll } from '../../emitAll.js';
import type { Returns } from '../client.js';

/** The livepatch ops of a function: there is one for each patched function. */
export const klpOps = (record: number): string => `klp_ops${record}`;

interface LivepatchInput {
  /** The functions that it patches, in the order of the patch. */
  readonly functions: readonly number[];
}

export interface Livepatch extends LivepatchInput {
  readonly patched: readonly number[];
  /** The errno of an enable that failed; else 0. */
  readonly errno: number;
}

type LivepatchEvent = { type: 'enable' | 'disable' } | Returns;

const toPatch = ({ functions, patched }: Livepatch) => functions[patched.length] ?? 0;
const toUnpatch = ({ patched }: Livepatch) => patched[0] ?? 0;
const say = (type: string, which: (livepatch: Livepatch) => number, key: 'records' | 'order') =>
  emitAll<Livepatch, LivepatchEvent>((context) => [
    { type, to: klpOps(which(context)), from: 'livepatch', [key]: [which(context)] },
  ]);

/**
 * A livepatch module whose transition ends before any other action. klp_patch_object() gives each function an ops.
 * klp_unpatch_object() removes them, the first one first, on disable or if a later function cannot be patched.
 */
export const livepatch = setup({
  types: { context: {} as Livepatch, events: {} as LivepatchEvent, input: {} as LivepatchInput },
  guards: {
    'is disabled': ({ context }) => context.patched.length === 0,
    'is enabled': ({ context }) => context.patched.length > 0,
    'all patched': ({ context }) => context.patched.length === context.functions.length,
    'all unpatched': ({ context }) => context.patched.length === 0,
    failed: ({ event }) => event.type === 'returns' && event.errno < 0,
  },
  actions: {
    patched: assign({ patched: ({ context }) => [...context.patched, toPatch(context)] }),
    unpatched: assign({ patched: ({ context }) => context.patched.slice(1) }),
    'note errno': assign({ errno: ({ event }) => (event.type === 'returns' ? event.errno : 0) }),
    'forget errno': assign({ errno: 0 }),
    'set filter': say('add', toPatch, 'records'),
    register: say('register', toPatch, 'order'),
    'clear filter': say('remove', toPatch, 'records'),
    unregister: say('unregister', toUnpatch, 'order'),
    'clear filter of patched': say('remove', toUnpatch, 'records'),
    'say errno': emit(({ context }) => ({ type: 'returns', errno: context.errno })),
  },
}).createMachine({
  id: 'livepatch',
  context: ({ input }) => ({ ...input, patched: [], errno: 0 }),
  initial: 'rest',
  states: {
    rest: {
      on: {
        enable: { guard: 'is disabled', target: 'patching' },
        disable: { guard: 'is enabled', target: 'unpatching' },
      },
    },

    // klp_patch_func()
    patching: {
      always: [
        { guard: 'all patched', target: 'done' },
        { target: 'setting filter', actions: 'set filter' },
      ],
    },
    'setting filter': {
      on: { returns: { target: 'registering', actions: 'register' } },
    },
    registering: {
      on: {
        returns: [
          { guard: 'failed', target: 'giving up', actions: ['note errno', 'clear filter'] },
          { target: 'patching', actions: 'patched' },
        ],
      },
    },
    'giving up': { on: { returns: 'unpatching' } },

    // klp_unpatch_func()
    unpatching: {
      always: [
        { guard: 'all unpatched', target: 'done' },
        { target: 'unregistering', actions: 'unregister' },
      ],
    },
    unregistering: {
      on: { returns: { target: 'clearing', actions: 'clear filter of patched' } },
    },
    clearing: { on: { returns: { target: 'unpatching', actions: 'unpatched' } } },

    done: { always: { target: 'rest', actions: ['say errno', 'forget errno'] } },
  },
});
