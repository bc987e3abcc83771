import { assign, emit, setup } from 'xstate';
import { emitAll } from '../../emitAll.js';
import { EBUSY, EEXIST, EINVAL, type From } from '../../events.js';
import { MODULE_FUNCTION, type Returns } from '../client.js';
import {
  functionsOf,
  holdsUp,
  type Livepatch,
  leaves,
  type Patch,
  readsOutside,
  runs,
  stackOf,
} from './transition.js';

/** The livepatch ops of a function: there is one for each patched function. */
export const klpOps = (record: number): string => `klp_ops${record}`;

interface LivepatchInput
  extends Pick<Livepatch, 'patches' | 'asksBpf' | 'unwindsBpf' | 'fillsFreedCode'> {}

type LivepatchEvent =
  | { type: 'enable' | 'disable' | 're-enable' | 're-enable in vain' | 'force'; patch: string }
  | { type: 'sleep' | 'wake' }
  /** The answer of bpf about the image that calls the function. */
  | { type: 'image'; callsFunction: boolean; ignoresIp: boolean }
  | ({ type: 'module coming' | 'module going' } & From)
  | Returns;

const named = ({ patches }: Livepatch, event: LivepatchEvent): Patch | undefined =>
  'patch' in event ? patches.find(({ name }) => name === event.patch) : undefined;
const isEnabled = ({ stacks }: Livepatch, patch: Patch | undefined) =>
  stacks.some(({ patches }) => patch !== undefined && patches.includes(patch.name));

const withStack = ({ stacks }: Livepatch, record: number, patches: readonly string[]) => ({
  stacks: stacks.map((stack) => (stack.record === record ? { record, patches } : stack)),
});

/** The next function of the livepatch that is being enabled; 0 if there is none. */
const toPatch = (context: Livepatch) =>
  functionsOf(context).find(
    (record) => !stackOf(context, record).includes(context.current!.name),
  ) ?? 0;
/** The next function with a livepatch that leaves; 0 if there is none. */
const toUnpatch = (context: Livepatch) =>
  context.stacks.find(({ record, patches }) =>
    patches.some((name) => leaves(context, name, record)),
  )?.record ?? 0;
const staying = (context: Livepatch) =>
  stackOf(context, toUnpatch(context)).filter((name) => !leaves(context, name, toUnpatch(context)));
const others = ({ patches, current }: Livepatch) =>
  patches.map(({ name }) => name).filter((name) => name !== current!.name);
/** The livepatches that klp_force_transition() marks. */
const toForce = (context: Livepatch) => {
  const { current, target } = context;
  if (target === 'unpatched') return [current!.name];
  return current!.replace
    ? others(context).filter((name) => context.stacks.some(({ patches }) => patches.includes(name)))
    : [];
};
const SLEEPS_IN = 1;

const isAbsent = ({ absent }: Livepatch, record: number) => absent.includes(record);
const ofModule = () => MODULE_FUNCTION;

const say = (type: string, which: (livepatch: Livepatch) => number, key: 'records' | 'order') =>
  emitAll<Livepatch, LivepatchEvent>((context) => [
    { type, to: klpOps(which(context)), from: 'livepatch', [key]: [which(context)] },
  ]);

/** klp_module_coming() and klp_module_going(), with or without a transition. */
const moduleNotifier = {
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
} as const;

/**
 * Livepatch modules. The transition of one ends before any other action, unless a task sleeps in a body that it changes,
 * or has an unreliable stack. Then it ends when that task wakes, when it is reversed, or by force. klp_patch_func() gives the first livepatch of
 * a function an ops; further ones join its stack without a call of ftrace. klp_unpatch_func() removes the ops with the
 * last one: on disable, if a later function cannot be patched, or because another livepatch replaces it.
 * klp_module_coming() and klp_module_going() do the same for the livepatches of a module.
 *
 * A livepatch that has left its functions is unloaded, unless a force keeps it. The guest wakes a task that sleeps in an
 * unloaded body.
 */
export const livepatch = setup({
  types: { context: {} as Livepatch, events: {} as LivepatchEvent, input: {} as LivepatchInput },
  guards: {
    'is disabled': ({ context, event }) => !isEnabled(context, named(context, event)),
    'is enabled': ({ context, event }) => isEnabled(context, named(context, event)),
    'all patched': ({ context }) => toPatch(context) === 0,
    'function is absent': ({ context }) => isAbsent(context, toPatch(context)),
    'function left': ({ context }) => isAbsent(context, toUnpatch(context)),
    'patches the module': ({ context }) => stackOf(context, MODULE_FUNCTION).length > 0,
    'has an ops': ({ context }) => stackOf(context, toPatch(context)).length > 0,
    'all unpatched': ({ context }) => toUnpatch(context) === 0,
    'others stay': ({ context }) => staying(context).length > 0,
    'is forced': ({ context, event }) => context.forced.includes(named(context, event)?.name ?? ''),
    'is being enabled': ({ context, event }) =>
      named(context, event)?.name === context.current?.name && context.target === 'patched',
    'is being disabled': ({ context, event }) =>
      named(context, event)?.name === context.current?.name && context.target === 'unpatched',
    'is being disabled, below others': ({ context, event }) =>
      named(context, event)?.name === context.current?.name &&
      context.target === 'unpatched' &&
      readsOutside(context),
    'is in transition': ({ context, event }) =>
      named(context, event)?.name === context.current?.name,
    'a task holds it up': ({ context }) => holdsUp(context),
    unpatches: ({ context }) => context.target === 'unpatched',
    'replaces others': ({ context }) => context.current!.replace,
    'is between actions': ({ context }) => context.current === null,
    'is awake, a patched body runs': ({ context }) =>
      context.sleeper === null && runs(context, SLEEPS_IN) !== undefined,
    'is awake, a patched body runs, bpf knows how': ({ context }) =>
      context.asksBpf && context.sleeper === null && runs(context, SLEEPS_IN) !== undefined,
    'is asleep': ({ context }) => context.sleeper !== null,
    'another body runs': ({ event }) => event.type === 'image' && event.ignoresIp,
    'frees the body of the sleeper': ({ context: { sleeper, leaving, forced } }) =>
      sleeper !== null && leaving.includes(sleeper.patch) && !forced.includes(sleeper.patch),
    failed: ({ event }) => event.type === 'returns' && event.errno < 0,
  },
  actions: {
    'begin to patch': assign({
      current: ({ context, event }) => named(context, event) ?? null,
      target: 'patched',
    }),
    'begin to unpatch': assign({
      current: ({ context, event }) => named(context, event) ?? null,
      target: 'unpatched',
    }),
    'turn back': assign({
      target: ({ context: { target } }) => (target === 'patched' ? 'unpatched' : 'patched'),
    }),
    'mark as forced': assign({
      forced: ({ context }) => [...context.forced, ...toForce(context)].sort(),
    }),
    'fall asleep': assign({
      sleeper: ({ context, event }) => ({
        patch: runs(context, SLEEPS_IN)!,
        unreliable: event.type === 'image' && event.callsFunction && !context.unwindsBpf,
      }),
    }),
    'wake up': assign({ sleeper: null }),
    patched: assign(({ context }) => {
      const record = toPatch(context);
      return withStack(context, record, [context.current!.name, ...stackOf(context, record)]);
    }),
    unpatched: assign(({ context }) => withStack(context, toUnpatch(context), staying(context))),
    'leave itself': assign({ leaving: ({ context: { current } }) => [current!.name] }),
    'others leave': assign({ leaving: ({ context }) => others(context) }),
    'note errno': assign({ errno: ({ event }) => (event.type === 'returns' ? event.errno : 0) }),
    end: assign({ errno: 0, current: null, target: 'patched', leaving: [] }),
    'forget errno': assign({ errno: 0 }),
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
    'tell bpf': emitAll(({ asksBpf }) =>
      asksBpf ? [{ type: 'left image', to: 'bpf', from: 'livepatch' }] : [],
    ),
    'ask bpf': emit({ type: 'image?', to: 'bpf', from: 'livepatch', record: SLEEPS_IN }),
    'say done': emit({ type: 'returns', errno: 0 }),
    'say busy': emit({ type: 'returns', errno: EBUSY }),
    'say invalid': emit({ type: 'returns', errno: EINVAL }),
    'say that it is loaded': emit({ type: 'returns', errno: EEXIST }),
    'say errno': emit(({ context }) => ({ type: 'returns', errno: context.errno })),
  },
}).createMachine({
  id: 'livepatch',
  context: ({ input: { patches, ...input } }) => ({
    ...input,
    patches,
    stacks: [...new Set(patches.flatMap(({ functions }) => functions))]
      .sort((a, b) => a - b)
      .map((record) => ({ record, patches: [] })),
    current: null,
    target: 'patched',
    leaving: [],
    forced: [],
    sleeper: null,
    errno: 0,
    absent: patches.some(({ functions }) => functions.includes(MODULE_FUNCTION))
      ? [MODULE_FUNCTION]
      : [],
  }),
  initial: 'rest',
  states: {
    rest: {
      on: {
        enable: [
          { guard: 'is forced', actions: 'say that it is loaded' },
          { guard: 'is disabled', target: 'patching', actions: 'begin to patch' },
        ],
        disable: { guard: 'is enabled', target: 'trying', actions: 'begin to unpatch' },
        sleep: [
          {
            guard: 'is awake, a patched body runs, bpf knows how',
            target: 'falling asleep',
            actions: 'ask bpf',
          },
          { guard: 'is awake, a patched body runs', actions: ['fall asleep', 'say done'] },
        ],
        wake: { guard: 'is asleep', actions: ['wake up', 'tell bpf', 'say done'] },
        ...moduleNotifier,
      },
    },
    'falling asleep': {
      on: {
        image: [
          { guard: 'another body runs', target: 'rest', actions: 'say done' },
          { target: 'rest', actions: ['fall asleep', 'say done'] },
        ],
      },
    },

    // klp_transition_patch is set.
    'in transition': {
      on: {
        enable: [
          { guard: 'is being disabled', actions: 'say that it is loaded' },
          { guard: 'is forced', actions: 'say that it is loaded' },
          { guard: 'is disabled', actions: 'say busy' },
        ],
        // enabled_store(): klp_reverse_transition()
        disable: [
          { guard: 'is being enabled', target: 'completing', actions: 'turn back' },
          { guard: 'is being disabled', actions: 'say invalid' },
          { guard: 'is enabled', actions: 'say busy' },
        ],
        're-enable': [
          { guard: 'is being disabled', target: 'done', actions: 'turn back' },
          { guard: 'is enabled', actions: 'say invalid' },
        ],
        're-enable in vain': {
          guard: 'is being disabled, below others',
          target: 'stuck',
          actions: ['turn back', 'say done'],
        },
        force: [
          { guard: 'is in transition', target: 'completing', actions: 'mark as forced' },
          { guard: 'is enabled', actions: 'say invalid' },
        ],
        wake: { target: 'completing', actions: ['wake up', 'tell bpf'] },
        ...moduleNotifier,
      },
    },

    // klp_patch_func()
    patching: {
      always: [
        { guard: 'all patched', target: 'trying' },
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

    // klp_try_complete_transition()
    trying: {
      always: [
        { guard: 'a task holds it up', target: 'in transition', actions: 'say errno' },
        { target: 'completing' },
      ],
    },
    // klp_complete_transition()
    completing: {
      always: [
        { guard: 'unpatches', target: 'unpatching', actions: 'leave itself' },
        // klp_unpatch_replaced_patches(), klp_discard_nops()
        { guard: 'replaces others', target: 'unpatching', actions: 'others leave' },
        { target: 'done' },
      ],
    },

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

    // klp_free_patch_finish(), and the module is unloaded.
    done: {
      always: [
        {
          guard: 'frees the body of the sleeper',
          target: 'in freed code',
          actions: 'say errno',
        },
        { target: 'rest', actions: ['say errno', 'end'] },
      ],
    },
    /** The sleeper wakes there. */
    'in freed code': {},
    /** The end of the transition depends on memory that the model does not have. */
    stuck: {},

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
          { target: 'resting', actions: 'reply errno' },
        ],
      },
    },
    // klp_module_going()
    'unregistering for module': {
      on: { returns: { target: 'clearing filter of module', actions: 'clear filter of module' } },
    },
    'clearing filter of module': {
      on: { returns: { target: 'resting', actions: ['reply errno', 'forget errno'] } },
    },
    resting: {
      always: [{ guard: 'is between actions', target: 'rest' }, { target: 'in transition' }],
    },
  },
});
