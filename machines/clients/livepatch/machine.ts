import { assign, emit, setup } from 'xstate';
import { emitAll } from '../../emitAll.js';
import type { From } from '../../events.js';
import { MODULE_FUNCTION, type Returns } from '../client.js';

/** The livepatch ops of a function: there is one for each patched function. */
export const klpOps = (record: number): string => `klp_ops${record}`;

/** A livepatch, as its module defines it. */
export interface Patch {
  readonly name: string;
  /** The functions that it patches, in the order of the patch. */
  readonly functions: readonly number[];
  /** It replaces all other livepatches: `replace` of struct klp_patch. */
  readonly replace: boolean;
}

/** The livepatches of a function, newest first: func_stack of struct klp_ops. */
export interface Stack {
  readonly record: number;
  readonly patches: readonly string[];
}

export interface Livepatch {
  readonly patches: readonly Patch[];
  readonly stacks: readonly Stack[];
  /** The livepatch that is being enabled or disabled. */
  readonly current: Patch | null;
  /** Names of the livepatches that leave their functions now. */
  readonly leaving: readonly string[];
  /** The errno of an enable that failed, or of a module that is refused; else 0. */
  readonly errno: number;
  /** Functions of a module that is not loaded. Livepatches wait for it on their stacks, without an ops. */
  readonly absent: readonly number[];
}

interface LivepatchInput {
  readonly patches: readonly Patch[];
}

type LivepatchEvent =
  | { type: 'enable' | 'disable'; patch: string }
  | ({ type: 'module coming' | 'module going' } & From)
  | Returns;

const named = ({ patches }: Livepatch, event: LivepatchEvent): Patch | undefined =>
  'patch' in event ? patches.find(({ name }) => name === event.patch) : undefined;
const isEnabled = ({ stacks }: Livepatch, patch: Patch | undefined) =>
  stacks.some(({ patches }) => patch !== undefined && patches.includes(patch.name));

const stackOf = ({ stacks }: Livepatch, record: number) =>
  stacks.find((stack) => stack.record === record)?.patches ?? [];
const withStack = ({ stacks }: Livepatch, record: number, patches: readonly string[]) => ({
  stacks: stacks.map((stack) => (stack.record === record ? { record, patches } : stack)),
});

/** The next function of the livepatch that is being enabled; 0 if there is none. */
const toPatch = (context: Livepatch) =>
  context.current?.functions.find(
    (record) => !stackOf(context, record).includes(context.current!.name),
  ) ?? 0;
/** The next function with a livepatch that leaves; 0 if there is none. */
const toUnpatch = ({ stacks, leaving }: Livepatch) =>
  stacks.find(({ patches }) => patches.some((name) => leaving.includes(name)))?.record ?? 0;
const staying = (context: Livepatch) =>
  stackOf(context, toUnpatch(context)).filter((name) => !context.leaving.includes(name));

const isAbsent = ({ absent }: Livepatch, record: number) => absent.includes(record);
const ofModule = () => MODULE_FUNCTION;

const say = (type: string, which: (livepatch: Livepatch) => number, key: 'records' | 'order') =>
  emitAll<Livepatch, LivepatchEvent>((context) => [
    { type, to: klpOps(which(context)), from: 'livepatch', [key]: [which(context)] },
  ]);

/**
 * Livepatch modules. The transition of one ends before any other action. klp_patch_func() gives the first livepatch of
 * a function an ops; further ones join its stack without a call of ftrace. klp_unpatch_func() removes the ops with the
 * last one: on disable, if a later function cannot be patched, or because another livepatch replaces it.
 * klp_module_coming() and klp_module_going() do the same for the livepatches of a module.
 */
export const livepatch = setup({
  types: { context: {} as Livepatch, events: {} as LivepatchEvent, input: {} as LivepatchInput },
  guards: {
    'is disabled': ({ context, event }) => !isEnabled(context, named(context, event)),
    'is enabled': ({ context, event }) => isEnabled(context, named(context, event)),
    'all patched': ({ context }) => toPatch(context) === 0,
    'all patched, replaces others': ({ context }) =>
      toPatch(context) === 0 && context.current?.replace === true,
    'function is absent': ({ context }) => isAbsent(context, toPatch(context)),
    'function left': ({ context }) => isAbsent(context, toUnpatch(context)),
    'patches the module': ({ context }) => stackOf(context, MODULE_FUNCTION).length > 0,
    'has an ops': ({ context }) => stackOf(context, toPatch(context)).length > 0,
    'all unpatched': ({ context }) => toUnpatch(context) === 0,
    'others stay': ({ context }) => staying(context).length > 0,
    failed: ({ event }) => event.type === 'returns' && event.errno < 0,
  },
  actions: {
    begin: assign({ current: ({ context, event }) => named(context, event) ?? null }),
    patched: assign(({ context }) => {
      const record = toPatch(context);
      return withStack(context, record, [context.current!.name, ...stackOf(context, record)]);
    }),
    unpatched: assign(({ context }) => withStack(context, toUnpatch(context), staying(context))),
    'leave itself': assign({ leaving: ({ context: { current } }) => [current!.name] }),
    'others leave': assign({
      leaving: ({ context: { current, patches } }) =>
        patches.map(({ name }) => name).filter((name) => name !== current!.name),
    }),
    'note errno': assign({ errno: ({ event }) => (event.type === 'returns' ? event.errno : 0) }),
    end: assign({ errno: 0, current: null, leaving: [] }),
    'module is there': assign({ absent: [] }),
    'module is gone': assign({ absent: [MODULE_FUNCTION] }),
    'set filter of module': say('add', ofModule, 'records'),
    'register for module': say('register', ofModule, 'order'),
    'unregister for module': say('unregister', ofModule, 'order'),
    'clear filter of module': say('remove', ofModule, 'records'),
    'reply errno': emit(({ context }) => ({
      type: 'returns',
      to: 'module',
      errno: context.errno,
    })),
    'set filter': say('add', toPatch, 'records'),
    register: say('register', toPatch, 'order'),
    'clear filter': say('remove', toPatch, 'records'),
    unregister: say('unregister', toUnpatch, 'order'),
    'clear filter of patched': say('remove', toUnpatch, 'records'),
    'say errno': emit(({ context }) => ({ type: 'returns', errno: context.errno })),
  },
}).createMachine({
  id: 'livepatch',
  context: ({ input: { patches } }) => ({
    patches,
    stacks: [...new Set(patches.flatMap(({ functions }) => functions))]
      .sort((a, b) => a - b)
      .map((record) => ({ record, patches: [] })),
    current: null,
    leaving: [],
    errno: 0,
    absent: patches.some(({ functions }) => functions.includes(MODULE_FUNCTION))
      ? [MODULE_FUNCTION]
      : [],
  }),
  initial: 'rest',
  states: {
    rest: {
      on: {
        enable: { guard: 'is disabled', target: 'patching', actions: 'begin' },
        disable: {
          guard: 'is enabled',
          target: 'unpatching',
          actions: ['begin', 'leave itself'],
        },
        'module coming': [
          {
            guard: 'patches the module',
            target: 'setting filter of module',
            actions: ['module is there', 'set filter of module'],
          },
          { actions: ['module is there', 'reply errno'] },
        ],
        'module going': [
          {
            guard: 'patches the module',
            target: 'unregistering for module',
            actions: ['module is gone', 'unregister for module'],
          },
          { actions: ['module is gone', 'reply errno'] },
        ],
      },
    },

    // klp_patch_func()
    patching: {
      always: [
        // klp_unpatch_replaced_patches()
        { guard: 'all patched, replaces others', target: 'unpatching', actions: 'others leave' },
        { guard: 'all patched', target: 'done' },
        { guard: 'function is absent', target: 'patching', actions: 'patched', reenter: true },
        { guard: 'has an ops', target: 'patching', actions: 'patched', reenter: true },
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
    'giving up': { on: { returns: { target: 'unpatching', actions: 'leave itself' } } },

    // klp_unpatch_func()
    unpatching: {
      always: [
        { guard: 'all unpatched', target: 'done' },
        { guard: 'function left', target: 'unpatching', actions: 'unpatched', reenter: true },
        { guard: 'others stay', target: 'unpatching', actions: 'unpatched', reenter: true },
        { target: 'unregistering', actions: 'unregister' },
      ],
    },
    unregistering: {
      on: { returns: { target: 'clearing', actions: 'clear filter of patched' } },
    },
    clearing: { on: { returns: { target: 'unpatching', actions: 'unpatched' } } },

    done: { always: { target: 'rest', actions: ['say errno', 'end'] } },

    // klp_module_coming()
    'setting filter of module': {
      on: { returns: { target: 'registering for module', actions: 'register for module' } },
    },
    'registering for module': {
      on: {
        returns: [
          {
            guard: 'failed',
            target: 'clearing filter of module',
            actions: ['note errno', 'module is gone', 'clear filter of module'],
          },
          { target: 'rest', actions: 'reply errno' },
        ],
      },
    },
    // klp_module_going()
    'unregistering for module': {
      on: { returns: { target: 'clearing filter of module', actions: 'clear filter of module' } },
    },
    'clearing filter of module': {
      on: { returns: { target: 'rest', actions: ['reply errno', 'end'] } },
    },
  },
});
