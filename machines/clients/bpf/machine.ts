import { assign, emit, setup } from 'xstate';
import type { Message } from '../../../src/model/network.js';
import { emitAll } from '../../emitAll.js';
import { EAGAIN, EBUSY, EINVAL, replyTo } from '../../events.js';
import { isAttached, isMulti } from './trampoline.js';
import {
  accepted,
  type Bpf,
  type BpfEvent,
  type BpfInput,
  begun,
  begunAgain,
  concerned,
  concernedIgnoresIp,
  programOf,
  recordsIn,
  refused,
  shared,
  stepped,
} from './update.js';

/** The direct ops of a trampoline: its own, or the one of all trampolines. */
export const fopsOf = (record: number, oneDirectOps: boolean): string =>
  oneDirectOps ? 'direct_ops' : `fops${record}`;

const failed = ({ event }: { event: BpfEvent }) => event.type === 'returns' && event.errno < 0;
const isToTryAgain = ({ event }: { event: BpfEvent }) =>
  event.type === 'returns' && event.errno === EAGAIN;

/** Sends the direct ops of the trampoline a message about its function; none, if `message` has no type. */
const toOps = (message: (record: number, oneDirectOps: boolean) => Partial<Message>) =>
  emitAll<Bpf, BpfEvent>(({ update, oneDirectOps }) => {
    const { record } = update!.parts[0]!;
    const { type, ...more } = message(record, oneDirectOps);
    const to = fopsOf(record, oneDirectOps);
    return type === undefined ? [] : [{ type, to, from: 'bpf', ...more }];
  });
/** Makes a call of the one direct ops about some of the functions of a multi program. */
const ofSeveral = (
  type: 'direct add' | 'direct del' | 'direct mod',
  which: Parameters<typeof recordsIn>[1],
) =>
  emitAll<Bpf, BpfEvent>((bpf) => [
    { type, to: fopsOf(0, true), from: 'bpf', records: recordsIn(bpf, which) },
  ]);
const answer = (errno: number) =>
  emitAll<Bpf, BpfEvent>((_, event) => [{ type: 'answer', ...replyTo(event), errno }]);

/**
 * BPF programs and their trampolines, one for each function. bpf_trampoline_update() builds an image for the programs
 * of a function, and registers or modifies the direct ops. It repeats that with another image if its own callback
 * (bpf_tramp_ftrace_ops_func()) returned -EAGAIN.
 */
export const bpf = setup({
  types: { context: {} as Bpf, events: {} as BpfEvent, input: {} as BpfInput },
  guards: {
    'is unloaded': ({ context, event }) => programOf(context, event)?.standing === 'unloaded',
    'was never attached': ({ context, event }) => programOf(context, event)?.standing === 'loaded',
    'is detached': ({ context, event }) => programOf(context, event)?.standing === 'detached',
    'is attached': ({ context, event }) => programOf(context, event)?.standing === 'attached',
    'may be attached': ({ context, event }) => {
      const standing = programOf(context, event)?.standing;
      return (
        standing === 'loaded' ||
        standing === 'detached' ||
        (standing === 'unloaded' && !context.loads)
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
    'is for several': ({ context }) => (context.update?.parts.length ?? 0) > 1,
    'adds some': ({ context }) => recordsIn(context, 'new').length > 0,
    'switches some': ({ context }) => recordsIn(context, 'kept').length > 0,
    'deletes some': ({ context }) => recordsIn(context, 'gone').length > 0,
    'update removes the image': ({ context }) => context.update?.parts[0]?.next === null,
    'has an image': ({ context, event }) => concerned(context, event).image !== null,
    'was asked already': ({ context, event }) =>
      concernedIgnoresIp(context, event) && concerned(context, event).share,
    'ignores the ip': ({ context, event }) => concernedIgnoresIp(context, event),
    'minds the ip': ({ context, event }) => concerned(context, event).image?.origStack === true,
    'shares the direct ops': ({ context }) => context.oneDirectOps,
    'is to detach': ({ context }) =>
      context.programs.some((one) => one.name === context.update?.program && isAttached(one)),
    'failed, added some': ({ context, event }) =>
      failed({ event }) && recordsIn(context, 'new').length > 0,
    'is for a callback': ({ context }) => context.update?.asker !== '',
    'failed to detach': ({ context, event }) =>
      failed({ event }) &&
      context.programs.some((one) => one.name === context.update?.program && isAttached(one)),
    failed,
    'is to try again': isToTryAgain,
    'is to try again, drops func': ({ context, event }) =>
      isToTryAgain({ event }) && context.dropsFunc,
  },
  actions: {
    'become loaded': assign(({ context, event }) =>
      stepped(context, programOf(context, event)!.name, { standing: 'loaded' }),
    ),
    'become unloaded': assign(({ context, event }) =>
      stepped(context, programOf(context, event)!.name, { standing: 'unloaded' }),
    ),
    'leave it to the link': assign(({ context, event }) =>
      stepped(context, programOf(context, event)!.name, { standing: 'linked' }),
    ),
    want: assign(({ context, event }) => begun(context, event)),
    'make another': assign(({ context }) => begunAgain(context)),
    share: assign(({ context, event }) => shared(context, event, true)),
    'share no more': assign(({ context, event }) => shared(context, event, false)),
    'take into use': assign(({ context }) => accepted(context)),
    'take into use, free what is called': assign(({ context }) =>
      accepted(context, recordsIn(context, 'kept')),
    ),
    'note errno': assign(({ event }) => ({
      errno: event.type === 'returns' ? event.errno : 0,
    })),
    'roll back, note errno': assign(({ context, event }) => ({
      ...refused(context),
      errno: event.type === 'returns' ? event.errno : 0,
    })),
    'roll back, keep errno': assign(({ context }) => refused(context)),
    'forget update': assign({ update: null, errno: 0 }),
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
    'switch those that stay': ofSeveral('direct mod', 'kept'),
    'delete those that go': ofSeveral('direct del', 'gone'),
    'drop func': toOps(() => ({ type: 'drop func' })),
    'say try again': answer(EAGAIN),
    'say busy': answer(EBUSY),
    'say invalid': emit({ type: 'returns', errno: EINVAL }),
    'say yes': answer(0),
    warn: emit({ type: 'WARN' }),
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
    programs: programs.map((program) => ({ ...program, standing: 'unloaded' })),
    trampolines: [...new Set(programs.flatMap(({ records }) => records))].sort().map((record) => ({
      record,
      share: false,
      image: null,
      dangles: false,
    })),
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
          { guard: 'is attached', actions: ['leave it to the link', 'say done'] },
        ],
        attach: [
          { guard: 'has an unknown type', actions: 'say invalid' },
          { guard: 'may be attached', target: 'updating', actions: 'want' },
          // __bpf_trampoline_link_prog(): the program is on the trampoline already
          { guard: 'is attached', actions: 'refuse' },
        ],
        detach: { guard: 'has a link', target: 'updating', actions: 'want' },
        PEER: [
          { guard: 'ignores the ip', target: 'updating', actions: ['share', 'want'] },
          { actions: ['share', 'say yes'] },
        ],
        DISABLE: [
          { guard: 'minds the ip', target: 'updating', actions: ['share no more', 'want'] },
          { actions: ['share no more', 'say yes'] },
        ],
      },
    },

    // bpf_trampoline_update()
    updating: {
      always: [
        { guard: 'is for several', target: 'updating several' },
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
          { guard: 'is to try again', target: 'updating', actions: 'make another' },
          { guard: 'failed', target: 'done', actions: ['roll back, note errno', 'new ops'] },
          { target: 'done', actions: 'take into use' },
        ],
      },
    },
    modifying: {
      on: {
        returns: [
          {
            guard: 'is to try again, drops func',
            target: 'updating',
            actions: ['drop func', 'make another'],
          },
          { guard: 'is to try again', target: 'updating', actions: 'make another' },
          // bpf_tracing_link_release() reports the failure by WARN only.
          {
            guard: 'failed to detach',
            target: 'done',
            actions: ['warn', 'roll back, keep errno'],
          },
          { guard: 'failed', target: 'done', actions: 'roll back, note errno' },
          { target: 'done', actions: 'take into use' },
        ],
      },
    },
    unregistering: {
      on: { returns: { target: 'done', actions: ['take into use', 'new ops'] } },
    },

    // bpf_trampoline_multi_attach() and bpf_trampoline_multi_detach(): neither tries again.
    'updating several': {
      always: [
        { guard: 'is to detach', target: 'detaching several' },
        { guard: 'adds some', target: 'adding several', actions: 'add the new ones' },
        { target: 'switching several', actions: 'switch those that stay' },
      ],
    },
    'adding several': {
      on: {
        returns: [
          { guard: 'failed', target: 'done', actions: 'roll back, note errno' },
          {
            guard: 'switches some',
            target: 'switching several',
            actions: 'switch those that stay',
          },
          { target: 'done', actions: 'take into use' },
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
          { target: 'done', actions: 'take into use' },
        ],
      },
    },
    'taking back several': {
      on: { returns: { target: 'done', actions: 'roll back, keep errno' } },
    },
    'detaching several': {
      always: [
        { guard: 'deletes some', target: 'deleting several', actions: 'delete those that go' },
        { target: 'leaving several', actions: 'switch those that stay' },
      ],
    },
    'deleting several': {
      on: {
        returns: [
          { guard: 'switches some', target: 'leaving several', actions: 'switch those that stay' },
          { target: 'done', actions: 'take into use' },
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
            actions: ['warn', 'take into use, free what is called'],
          },
          { target: 'done', actions: 'take into use' },
        ],
      },
    },
    done: {
      always: [
        { guard: 'is for a callback', target: 'rest', actions: ['say answer', 'forget update'] },
        { target: 'rest', actions: ['say errno', 'forget update'] },
      ],
    },
  },
  /** bpf_tramp_ftrace_ops_func(): SELF can name another trampoline than the one being updated. */
  on: {
    SELF: [
      { guard: 'was asked already', actions: ['warn', 'say busy'] },
      { guard: 'ignores the ip', actions: ['share', 'say try again'] },
      { actions: 'say yes' },
    ],
  },
});
