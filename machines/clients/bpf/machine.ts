import { assign, emit, setup } from 'xstate';
import type { Message } from '../../../src/model/network.js';
import { emitAll } from '../../emitAll.js';
import { E2BIG, EAGAIN, EBUSY, EINVAL, replyTo } from '../../events.js';
import {
  areSame,
  ignoresIp,
  isAttached,
  isMulti,
  type Program,
  type Target,
} from './trampoline.js';
import {
  askedImage,
  type Bpf,
  type BpfEvent,
  type BpfInput,
  commitUpdate,
  endUpdate,
  fopsOf,
  imageOn,
  isFull,
  nextLink,
  programOf,
  rebuildImages,
  recordsIn,
  refuseLink,
  rollBack,
  startUpdate,
  targetsOf,
  trampolineFor,
  trampolineOf,
  withHeld,
  withShare,
  withStatus,
} from './update.js';

const failed = ({ event }: { event: BpfEvent }) => event.type === 'returns' && event.errno < 0;
const detaches = ({ context: { update } }: { context: Bpf }) =>
  update !== null && update.program !== '' && update.goal === 0;
const returnedEagain = ({ event }: { event: BpfEvent }) =>
  event.type === 'returns' && event.errno === EAGAIN;

/** Sends the direct ops of the trampoline a message about its function; none, if `message` has no type. */
const toOps = (message: (record: number, oneDirectOps: boolean) => Partial<Message>) =>
  emitAll<Bpf, BpfEvent>(({ update, oneDirectOps }) => {
    const part = update!.parts[0]!;
    const { type, ...more } = message(part.record, oneDirectOps);
    const to = fopsOf(part, oneDirectOps);
    return type === undefined ? [] : [{ type, to, from: 'bpf', ...more }];
  });
/** Makes a call of the one direct ops about some of the functions of a multi program. */
const ofSeveral = (
  type: 'direct add' | 'direct del' | 'direct mod',
  which: Parameters<typeof recordsIn>[1],
) =>
  emitAll<Bpf, BpfEvent>((bpf) => [
    { type, to: fopsOf(bpf.update!.parts[0]!, true), from: 'bpf', records: recordsIn(bpf, which) },
  ]);
const answer = (errno: number) =>
  emitAll<Bpf, BpfEvent>((_, event) => [{ type: 'answer', ...replyTo(event), errno }]);

const distinctTargets = (programs: readonly Program[]): readonly Target[] =>
  programs
    .flatMap(targetsOf)
    .filter((target, i, all) => all.findIndex((one) => areSame(one, target)) === i)
    .sort((a, b) => a.record - b.record || Number(a.alias) - Number(b.alias));

/**
 * BPF programs and their trampolines, one for each name of a function. bpf_trampoline_update() builds an image for the programs
 * of a function, and registers or modifies the direct ops. It repeats that with another image if its own callback
 * (bpf_tramp_ftrace_ops_func()) returned -EAGAIN.
 */
export const bpf = setup({
  types: { context: {} as Bpf, events: {} as BpfEvent, input: {} as BpfInput },
  guards: {
    'is unloaded': ({ context, event }) => programOf(context, event)?.status === 'unloaded',
    'was never attached': ({ context, event }) => programOf(context, event)?.status === 'loaded',
    'is detached': ({ context, event }) => programOf(context, event)?.status === 'detached',
    'is attached': ({ context, event }) => programOf(context, event)?.status === 'attached',
    'may be attached': ({ context, event }) => {
      const status = programOf(context, event)?.status;
      return (
        status === 'loaded' || status === 'detached' || (status === 'unloaded' && !context.loads)
      );
    },
    // Attach types BPF_TRACE_FENTRY_MULTI and BPF_TRACE_FEXIT_MULTI.
    'has an unknown type': ({ context, event }) => {
      const program = programOf(context, event);
      return program !== undefined && isMulti(program) && !context.multiPrograms;
    },
    'has a link': ({ context, event }) => {
      const program = programOf(context, event);
      return program !== undefined && isAttached(program);
    },
    'is attached, and its trampoline is full': ({ context, event }) =>
      programOf(context, event)?.status === 'attached' && isFull(context, event),
    'is one link too many': ({ context: { update, maxLinks } }) =>
      update!.parts.some(({ next }) => next !== null && next.programs.length > maxLinks),
    'has another link': ({ context: { update } }) => update!.links !== update!.goal,
    'is for several': ({ context }) => (context.update?.parts.length ?? 0) > 1,
    'adds some': ({ context }) => recordsIn(context, 'new').length > 0,
    'switches some': ({ context }) => recordsIn(context, 'kept').length > 0,
    'deletes some': ({ context }) => recordsIn(context, 'gone').length > 0,
    'update removes the image': ({ context }) => context.update?.parts[0]?.next === null,
    'has an image': ({ context, event }) => trampolineFor(context, event).image !== null,
    'was sent SELF before': ({ context, event }) =>
      ignoresIp(askedImage(context, event)) && trampolineFor(context, event).share,
    'calls the function, without ORIG_STACK': ({ context, event }) =>
      ignoresIp(askedImage(context, event)),
    'has ORIG_STACK': ({ context, event }) => askedImage(context, event)?.origStack === true,
    'removes an image that is gone': ({ context }) =>
      context.update!.parts.every(
        (part) => part.next === null && trampolineOf(context, part).image === null,
      ),
    'shares the direct ops': ({ context }) => context.oneDirectOps,
    detaches,
    'failed, added some': ({ context, event }) =>
      failed({ event }) && recordsIn(context, 'new').length > 0,
    'is for a callback': ({ context }) => context.update?.asker !== '',
    'failed to detach': ({ context, event }) => failed({ event }) && detaches({ context }),
    failed,
    'returned -EAGAIN': returnedEagain,
    'returned -EAGAIN, drops func': ({ context, event }) =>
      returnedEagain({ event }) && context.dropsFunc,
  },
  actions: {
    'become loaded': assign(({ context, event }) =>
      withStatus(context, programOf(context, event)!.name, { status: 'loaded' }),
    ),
    'become unloaded': assign(({ context, event }) =>
      withStatus(context, programOf(context, event)!.name, { status: 'unloaded' }),
    ),
    'close its file descriptor': assign(({ context, event }) =>
      withStatus(context, programOf(context, event)!.name, { status: 'linked' }),
    ),
    'start update': assign(({ context, event }) => startUpdate(context, event)),
    'rebuild images': assign(({ context }) => rebuildImages(context)),
    'set SHARE': assign(({ context, event }) => withShare(context, event, true)),
    'clear SHARE': assign(({ context, event }) => withShare(context, event, false)),
    commit: assign(({ context }) => commitUpdate(context)),
    'commit, free images in use': assign(({ context }) =>
      commitUpdate(context, recordsIn(context, 'kept')),
    ),
    'note errno': assign(({ event }) => ({
      errno: event.type === 'returns' ? event.errno : 0,
    })),
    'roll back, note errno': assign(({ context, event }) => ({
      ...rollBack(context),
      errno: event.type === 'returns' ? event.errno : 0,
    })),
    'roll back, keep errno': assign(({ context }) => rollBack(context)),
    'refuse link': assign(({ context }) => refuseLink(context)),
    'start the next link': assign(({ context }) => nextLink(context)),
    'end update': assign(({ context }) => endUpdate(context)),
    'new ops': toOps((_, one) => (one ? {} : { type: 'renew' })),
    'set filter': toOps((record) => ({ type: 'add', records: [record] })),
    register: toOps((record, one) =>
      one ? { type: 'direct add', records: [record] } : { type: 'register', order: [record] },
    ),
    unregister: toOps((record, one) =>
      one ? { type: 'direct del', records: [record] } : { type: 'unregister', order: [record] },
    ),
    modify: toOps((record, one) =>
      one ? { type: 'direct mod', records: [record] } : { type: 'modify', records: [] },
    ),
    'add the new ones': ofSeveral('direct add', 'new'),
    'delete the new ones': ofSeveral('direct del', 'new'),
    'switch the kept ones': ofSeveral('direct mod', 'kept'),
    'delete the gone ones': ofSeveral('direct del', 'gone'),
    'drop func': toOps(() => ({ type: 'drop func' })),
    'say try again': answer(EAGAIN),
    'say busy': answer(EBUSY),
    'say too big': emit({ type: 'returns', errno: E2BIG }),
    'say invalid': emit({ type: 'returns', errno: EINVAL }),
    'say yes': answer(0),
    'hold the trampoline': assign({
      inUse: ({ context, event }) =>
        event.type === 'image?' &&
        context.imagesHoldTrampoline &&
        imageOn(context, event.record)?.origStack
          ? [event.record]
          : [],
    }),
    'let the trampoline go': assign(({ context }) => ({
      inUse: [],
      ...withHeld({ ...context, inUse: [] }),
    })),
    'say image': emit(({ context, event }) => {
      const image = event.type === 'image?' ? imageOn(context, event.record) : null;
      return {
        type: 'image',
        ...replyTo(event),
        callsFunction: image?.callsFunction === true,
        ignoresIp: ignoresIp(image),
      };
    }),
    warn: emit({ type: 'WARN' }),
    oops: emit({ type: 'OOPS' }),
    refuse: emit({ type: 'returns', errno: EBUSY }),
    'say answer': emit(({ context: { errno, update } }) => ({
      type: 'answer',
      to: update!.asker,
      errno,
    })),
    'say errno': emit(({ context }) => ({ type: 'returns', errno: context.errno })),
    'say done': emit({ type: 'returns', errno: 0 }),
  },
}).createMachine({
  id: 'bpf',
  context: ({ input: { programs, ...input } }) => ({
    ...input,
    programs: programs.map((program) => ({ ...program, status: 'unloaded' })),
    trampolines: distinctTargets(programs).map((target) => ({
      ...target,
      share: false,
      image: null,
      dangles: false,
      left: null,
    })),
    newest: [],
    byIp: [],
    inUse: [],
    update: null,
    errno: 0,
  }),
  initial: 'rest',
  states: {
    rest: {
      on: {
        'load program': [
          { guard: 'has an unknown type', actions: 'say invalid' },
          { guard: 'is unloaded', actions: ['become loaded', 'say done'] },
        ],
        'unload program': [
          { guard: 'was never attached', actions: ['become unloaded', 'say done'] },
          { guard: 'is detached', actions: ['become unloaded', 'say done'] },
          { guard: 'is attached', actions: ['close its file descriptor', 'say done'] },
        ],
        attach: [
          { guard: 'has an unknown type', actions: 'say invalid' },
          { guard: 'may be attached', target: 'updating', actions: 'start update' },
          // __bpf_trampoline_link_prog() counts programs before it looks for this one.
          { guard: 'is attached, and its trampoline is full', actions: 'say too big' },
          { guard: 'is attached', actions: 'refuse' },
        ],
        detach: { guard: 'has a link', target: 'updating', actions: 'start update' },
        PEER: [
          {
            guard: 'calls the function, without ORIG_STACK',
            target: 'updating',
            actions: ['set SHARE', 'start update'],
          },
          { actions: ['set SHARE', 'say yes'] },
        ],
        DISABLE: [
          { guard: 'has ORIG_STACK', target: 'updating', actions: ['clear SHARE', 'start update'] },
          { actions: ['clear SHARE', 'say yes'] },
        ],
      },
    },

    // bpf_trampoline_update()
    updating: {
      always: [
        { guard: 'is one link too many', target: 'done', actions: 'refuse link' },
        { guard: 'is for several', target: 'updating several' },
        // unregister_fentry() reads cur_image->image.
        { guard: 'removes an image that is gone', target: 'oopsed', actions: 'oops' },
        { guard: 'update removes the image', target: 'unregistering', actions: 'unregister' },
        { guard: 'has an image', target: 'modifying', actions: 'modify' },
        { guard: 'shares the direct ops', target: 'registering', actions: 'register' },
        { target: 'setting filter', actions: ['new ops', 'set filter'] },
      ],
    },
    'setting filter': {
      on: { returns: { target: 'registering', actions: 'register' } },
    },
    registering: {
      on: {
        returns: [
          { guard: 'returned -EAGAIN', target: 'updating', actions: 'rebuild images' },
          { guard: 'failed', target: 'done', actions: ['roll back, note errno', 'new ops'] },
          { target: 'done', actions: 'commit' },
        ],
      },
    },
    modifying: {
      on: {
        returns: [
          {
            guard: 'returned -EAGAIN, drops func',
            target: 'updating',
            actions: ['drop func', 'rebuild images'],
          },
          { guard: 'returned -EAGAIN', target: 'updating', actions: 'rebuild images' },
          // bpf_tracing_link_release() reports the failure by WARN only.
          {
            guard: 'failed to detach',
            target: 'done',
            actions: ['warn', 'roll back, keep errno'],
          },
          { guard: 'failed', target: 'done', actions: 'roll back, note errno' },
          { target: 'done', actions: 'commit' },
        ],
      },
    },
    unregistering: {
      on: { returns: { target: 'done', actions: ['commit', 'new ops'] } },
    },

    // bpf_trampoline_multi_attach() and bpf_trampoline_multi_detach(): neither tries again.
    'updating several': {
      always: [
        { guard: 'detaches', target: 'detaching several' },
        { guard: 'adds some', target: 'adding several', actions: 'add the new ones' },
        { target: 'switching several', actions: 'switch the kept ones' },
      ],
    },
    'adding several': {
      on: {
        returns: [
          { guard: 'failed', target: 'done', actions: 'roll back, note errno' },
          {
            guard: 'switches some',
            target: 'switching several',
            actions: 'switch the kept ones',
          },
          { target: 'done', actions: 'commit' },
        ],
      },
    },
    'switching several': {
      on: {
        returns: [
          {
            guard: 'failed, added some',
            target: 'taking back several',
            actions: ['note errno', 'delete the new ones'],
          },
          { guard: 'failed', target: 'done', actions: 'roll back, note errno' },
          { target: 'done', actions: 'commit' },
        ],
      },
    },
    'taking back several': {
      on: { returns: { target: 'done', actions: 'roll back, keep errno' } },
    },
    'detaching several': {
      always: [
        { guard: 'deletes some', target: 'deleting several', actions: 'delete the gone ones' },
        { target: 'leaving several', actions: 'switch the kept ones' },
      ],
    },
    'deleting several': {
      on: {
        returns: [
          { guard: 'switches some', target: 'leaving several', actions: 'switch the kept ones' },
          { target: 'done', actions: 'commit' },
        ],
      },
    },
    // bpf_trampoline_multi_attach_free() frees the old images, whether ftrace took the new ones or not.
    'leaving several': {
      on: {
        returns: [
          {
            guard: 'failed',
            target: 'done',
            actions: ['warn', 'commit, free images in use'],
          },
          { target: 'done', actions: 'commit' },
        ],
      },
    },
    /** The task is gone, and holds direct_mutex. */
    oopsed: {},
    done: {
      always: [
        { guard: 'has another link', target: 'updating', actions: 'start the next link' },
        { guard: 'is for a callback', target: 'rest', actions: ['say answer', 'end update'] },
        { target: 'rest', actions: ['say errno', 'end update'] },
      ],
    },
  },
  /** bpf_tramp_ftrace_ops_func(): SELF can name another trampoline than the one being updated. */
  on: {
    SELF: [
      { guard: 'was sent SELF before', actions: ['warn', 'say busy'] },
      { guard: 'calls the function, without ORIG_STACK', actions: ['set SHARE', 'say try again'] },
      { actions: 'say yes' },
    ],
    'image?': { actions: ['hold the trampoline', 'say image'] },
    'left image': { actions: 'let the trampoline go' },
  },
});
