import { assign, emit, enqueueActions, setup } from 'xstate';
import type { Message } from '../src/model/network.js';
import type { Switches } from './switches.js';
import { type Call, EBUSY, EINVAL, ENODEV, type Kind, slotOf } from './words.js';

export interface FtraceInput {
  readonly switches: Switches;
  /** Names of all ops, in the order in which they are asked whether they need regs. */
  readonly ops: readonly string[];
}

interface Ftrace extends FtraceInput {
  readonly call: Call | null;
  /** Where the present walk is: an index into the records walked. */
  readonly at: number;
  /** Where the walk over the ops that may need regs is. */
  readonly asked: number;
  readonly errno: number;
  /** modify: the stub ops that keeps the functions busy meanwhile. */
  readonly stub: 'none' | 'on' | 'off';
  /** ftrace_kill() was called in this call. */
  readonly killed: boolean;
}

type Word =
  | ({ type: 'request' } & Call)
  | { type: 'taken' | 'free' | 'none' | 'patched' | 'bug' | 'needs regs' | 'needs none' }
  | { type: 'found'; ops: string }
  | { type: 'answer'; errno: number }
  | { type: 'flags'; ipmodify: boolean; direct: boolean }
  | { type: 'detached'; mayDropRegs: boolean };

const none: Call = {
  request: 'register',
  ops: '',
  kind: 'tracer',
  before: [],
  after: [],
  order: [],
  callee: '',
  wanted: '',
  spoiled: false,
};
const callOf = ({ call }: Ftrace): Call => call ?? none;
const rest = { call: null, at: 0, asked: 0, errno: 0, stub: 'none', killed: false } as const;

const without = (records: readonly number[], others: readonly number[]) =>
  records.filter((r) => !others.includes(r));
/** Records on which __ftrace_hash_update_ipmodify() has something to ask or to set. */
const claims = (ftrace: Ftrace): readonly number[] => {
  const { request, kind, before, after } = callOf(ftrace);
  if (kind !== 'ipmodify' && kind !== 'direct') return [];
  if (request === 'modify') return ftrace.switches.modifyAsks ? after : [];
  return without(after, before);
};
const setsIpmodify = (ftrace: Ftrace): boolean => {
  const { kind } = callOf(ftrace);
  return kind === 'ipmodify' || (kind === 'direct' && ftrace.switches.directSetsIpmodify);
};
const touched = (ftrace: Ftrace): readonly number[] => {
  const { before, after } = callOf(ftrace);
  return [...before, ...without(after, before)].sort((a, b) => a - b);
};
const flagsOf = (kind: Kind, isStub: boolean) => ({
  direct: kind === 'direct' && !isStub,
  regs: kind !== 'tracer' && !isStub,
});

/** Walks the list of ops for a direct one; the world is told, since a walk costs time under a lock. */
const search = (record: number): Message[] => [
  { type: 'searches', record },
  { type: 'find', to: 'list', record },
];

/** Says several words, one after the other. */
const sayAll = (words: (ftrace: Ftrace) => Message[]) =>
  enqueueActions<Ftrace, Word, undefined, Word, never, never, never, never, Message>(
    ({ context, enqueue }) => {
      for (const word of words(context)) enqueue.emit(word);
    },
  );

/**
 * One call after the other, as kernel/trace/ftrace.c runs it under its locks: a state for every
 * place where it waits for an answer, and for every step that others can see.
 */
export const ftrace = setup({
  types: {
    context: {} as Ftrace,
    events: {} as Word,
    input: {} as FtraceInput,
    emitted: {} as Message,
  },
  guards: {
    'is spoiled': ({ event }) =>
      event.type === 'request' && event.request === 'register' && event.spoiled,
    'registers direct': ({ event }) =>
      event.type === 'request' && event.request === 'register' && event.kind === 'direct',
    'registers ipmodify, asks before': ({ context, event }) =>
      event.type === 'request' &&
      event.request === 'register' &&
      event.kind === 'ipmodify' &&
      context.switches.ipmodifyMeetsDirect === 'before',
    registers: ({ event }) => event.type === 'request' && event.request === 'register',
    unregisters: ({ event }) => event.type === 'request' && event.request === 'unregister',
    'filter becomes empty': ({ event }) =>
      event.type === 'request' &&
      event.request === 'refilter' &&
      event.after.length === 0 &&
      (event.kind === 'ipmodify' || event.kind === 'direct'),
    refilters: ({ event }) => event.type === 'request' && event.request === 'refilter',
    'all slots looked at': ({ context }) => context.at === callOf(context).after.length,
    'all of the order walked': ({ context }) => context.at === callOf(context).order.length,
    'all claimed': ({ context }) => context.at === claims(context).length,
    'all detached': ({ context }) => context.at === callOf(context).before.length,
    'all patched': ({ context }) => context.at === touched(context).length,
    'all ops asked': ({ context }) => context.asked === context.ops.length,
    'is the ops that goes': ({ context }) => context.ops[context.asked] === callOf(context).ops,
    'ipmodify meets ipmodify': ({ context, event }) =>
      event.type === 'flags' && setsIpmodify(context) && event.ipmodify,
    'ipmodify meets direct, asks here': ({ context, event }) =>
      event.type === 'flags' &&
      setsIpmodify(context) &&
      event.direct &&
      context.switches.ipmodifyMeetsDirect === 'on the record',
    'sets ipmodify': ({ context }) => setsIpmodify(context),
    'direct meets direct and ipmodify': ({ context, event }) =>
      event.type === 'flags' &&
      event.ipmodify &&
      event.direct &&
      callOf(context).request !== 'modify' &&
      context.switches.directMeetsIpmodify === 'asks',
    'direct meets ipmodify, asks': ({ context, event }) =>
      event.type === 'flags' && event.ipmodify && context.switches.directMeetsIpmodify === 'asks',
    'says no': ({ event }) => event.type === 'answer' && event.errno !== 0,
    'regs may go': ({ context, event }) =>
      event.type === 'detached' && event.mayDropRegs && callOf(context).request === 'unregister',
    'in register': ({ context }) => callOf(context).request === 'register',
    'in unregister': ({ context }) => callOf(context).request === 'unregister',
    'in refilter': ({ context }) => callOf(context).request === 'refilter',
    'in refilter, killed': ({ context }) =>
      callOf(context).request === 'refilter' && context.killed,
    'stub is on': ({ context }) => context.stub === 'on',
    'tells owners': ({ context }) =>
      callOf(context).kind === 'ipmodify' && context.switches.tellsOnUnregister,
    killed: ({ context }) => context.killed,
  },
  actions: {
    'take call': assign(({ event }) => {
      if (event.type !== 'request') return {};
      const { request, ops, kind, before, after, order, callee, wanted, spoiled } = event;
      return {
        ...rest,
        call: { request, ops, kind, before, after, order, callee, wanted, spoiled },
      };
    }),
    'fail invalid': assign({ errno: EINVAL }),
    'fail busy': assign({ errno: EBUSY }),
    'fail no device': assign(({ context: { call, stub } }) =>
      call?.request === 'register' || stub === 'on'
        ? { errno: ENODEV, killed: true }
        : { killed: true },
    ),
    'fail as answered': assign({
      errno: ({ event }) => (event.type === 'answer' ? event.errno : 0),
    }),
    killed: assign({ killed: true }),
    'go on': assign({ at: ({ context }) => context.at + 1, asked: 0 }),
    'begin walk': assign({ at: 0, asked: 0 }),
    'next ops': assign({ asked: ({ context }) => context.asked + 1 }),
    'stub on': assign({ stub: 'on' }),
    'stub off': assign({ stub: 'off' }),

    'look at slot': emit(({ context }) => ({
      type: 'taken?',
      to: slotOf(callOf(context).after[context.at]!),
    })),
    'insert entries': sayAll((f) =>
      callOf(f).after.map((r) => ({ type: 'insert', to: slotOf(r), callee: callOf(f).callee })),
    ),
    'delete entries': sayAll((f) =>
      callOf(f).kind === 'direct'
        ? touched(f).map((r) => ({ type: 'delete', to: slotOf(r), callee: callOf(f).callee }))
        : [],
    ),
    'change entries': sayAll((f) => [
      ...callOf(f).after.map((r) => ({ type: 'set', to: slotOf(r), callee: callOf(f).wanted })),
      { type: 'retarget', to: callOf(f).ops },
    ]),
    'find direct ops in order': sayAll((f) => search(callOf(f).order[f.at]!)),
    'find direct ops': sayAll((f) => search(claims(f)[f.at]!)),
    'ask PEER': emit(({ event }) => ({
      type: 'PEER',
      to: event.type === 'found' ? event.ops : '',
    })),
    'tell DISABLE': emit(({ event }) => ({
      type: 'DISABLE',
      to: event.type === 'found' ? event.ops : '',
    })),
    'ask SELF': emit(({ context }) => ({ type: 'SELF', to: callOf(context).ops })),
    'enable ops': sayAll((f) => {
      const { ops, kind } = callOf(f);
      return [
        { type: 'enable', to: ops },
        ...(kind === 'direct' ? [{ type: 'push', to: 'list', ops }] : []),
      ];
    }),
    'take off list': sayAll((f) => {
      const { ops, kind } = callOf(f);
      return kind === 'direct' ? [{ type: 'drop', to: 'list', ops }] : [];
    }),
    'undo enable': emit(({ context: f }) => ({
      type: 'disable',
      to: callOf(f).ops,
      spoiled: callOf(f).kind === 'direct' && f.switches.failedRegisterSpoils,
      gone: false,
    })),
    'disable ops': emit(({ context }) => ({
      type: 'disable',
      to: callOf(context).ops,
      spoiled: false,
      gone: true,
    })),
    'look at record': emit(({ context }) => ({
      type: 'look',
      to: String(claims(context)[context.at]),
    })),
    'set ipmodify': emit(({ context }) => ({
      type: 'set ipmodify',
      to: String(claims(context)[context.at]),
    })),
    'roll back ipmodify': sayAll((f) =>
      claims(f)
        .slice(0, f.at)
        .map((r) => ({ type: 'clear ipmodify', to: String(r) })),
    ),
    'clear ipmodify': sayAll((f) => {
      const { before, after } = callOf(f);
      return setsIpmodify(f)
        ? without(before, after).map((r) => ({ type: 'clear ipmodify', to: String(r) }))
        : [];
    }),
    'attach records': sayAll((f) => {
      const { kind, after } = callOf(f);
      return after.map((r) => ({
        type: 'attach',
        to: String(r),
        ...flagsOf(kind, f.stub === 'on'),
      }));
    }),
    'detach record': emit(({ context: f }) => ({
      type: 'detach',
      to: String(callOf(f).before[f.at]),
      ...flagsOf(callOf(f).kind, f.stub !== 'none'),
    })),
    'ask whether regs are needed': emit(({ context: f }) => ({
      type: 'needs regs?',
      to: f.ops[f.asked]!,
      record: callOf(f).before[f.at]!,
    })),
    'drop regs': emit(({ context: f }) => ({
      type: 'drop regs',
      to: String(callOf(f).before[f.at]),
    })),
    'change filter': emit(({ context }) => ({
      type: 'refilter',
      to: callOf(context).ops,
      filter: callOf(context).after,
    })),
    'patch record': emit(({ context }) => ({
      type: 'patch',
      to: String(touched(context)[context.at]),
    })),
    warn: emit({ type: 'WARN' }),
    answer: emit(({ context }) => ({ type: 'returns', errno: context.errno })),
    'say dead': emit({ type: 'DEAD' }),
    'forget call': assign(rest),
  },
}).createMachine({
  id: 'ftrace',
  context: ({ input }) => ({ ...input, ...rest }),
  initial: 'rest',
  states: {
    rest: {
      on: {
        request: [
          { guard: 'is spoiled', target: 'answering', actions: ['take call', 'fail invalid'] },
          { guard: 'registers direct', target: 'checking slots', actions: 'take call' },
          { guard: 'registers ipmodify, asks before', target: 'preparing', actions: 'take call' },
          { guard: 'registers', target: 'starting', actions: 'take call' },
          { guard: 'unregisters', target: 'stopping', actions: 'take call' },
          {
            guard: 'filter becomes empty',
            target: 'answering',
            actions: ['take call', 'fail invalid'],
          },
          { guard: 'refilters', target: 'claiming', actions: 'take call' },
          { target: 'stub coming', actions: 'take call' },
        ],
      },
    },

    // register_ftrace_direct(): a function has room for one trampoline
    'checking slots': {
      always: [
        { guard: 'all slots looked at', target: 'starting', actions: 'insert entries' },
        { target: 'looking at slot', actions: 'look at slot' },
      ],
    },
    'looking at slot': {
      on: {
        taken: { target: 'answering', actions: 'fail busy' },
        free: { target: 'checking slots', actions: 'go on' },
      },
    },

    // prepare_direct_functions_for_ipmodify(): nothing is undone when a later owner refuses
    preparing: {
      always: [
        { guard: 'all of the order walked', target: 'starting' },
        { target: 'finding peer', actions: 'find direct ops in order' },
      ],
    },
    'finding peer': {
      on: {
        none: { target: 'preparing', actions: 'go on' },
        found: { target: 'asking peer', actions: 'ask PEER' },
      },
    },
    'asking peer': {
      on: {
        answer: [
          { guard: 'says no', target: 'answering', actions: 'fail as answered' },
          { target: 'preparing', actions: 'go on' },
        ],
      },
    },

    // ftrace_startup()
    starting: { always: { target: 'claiming', actions: ['begin walk', 'enable ops'] } },

    // __ftrace_hash_update_ipmodify()
    claiming: {
      always: [
        { guard: 'all claimed', target: 'claimed' },
        { target: 'looking at record', actions: 'look at record' },
      ],
    },
    'looking at record': {
      on: {
        flags: [
          {
            guard: 'ipmodify meets ipmodify',
            target: 'failing',
            actions: ['fail busy', 'roll back ipmodify'],
          },
          {
            guard: 'ipmodify meets direct, asks here',
            target: 'finding owner',
            actions: 'find direct ops',
          },
          { guard: 'sets ipmodify', target: 'claiming', actions: ['set ipmodify', 'go on'] },
          {
            guard: 'direct meets direct and ipmodify',
            target: 'asking self',
            actions: ['warn', 'killed', 'ask SELF'],
          },
          { guard: 'direct meets ipmodify, asks', target: 'asking self', actions: 'ask SELF' },
          { target: 'claiming', actions: 'go on' },
        ],
      },
    },
    'finding owner': {
      on: {
        none: { target: 'claiming', actions: ['set ipmodify', 'go on'] },
        found: { target: 'asking owner', actions: 'ask PEER' },
      },
    },
    'asking owner': {
      on: {
        answer: [
          {
            guard: 'says no',
            target: 'failing',
            actions: ['fail as answered', 'roll back ipmodify'],
          },
          { target: 'claiming', actions: ['set ipmodify', 'go on'] },
        ],
      },
    },
    'asking self': {
      on: {
        answer: [
          { guard: 'says no', target: 'failing', actions: 'fail as answered' },
          { target: 'claiming', actions: 'go on' },
        ],
      },
    },
    failing: {
      always: [
        {
          guard: 'in register',
          target: 'answering',
          actions: ['take off list', 'undo enable', 'delete entries'],
        },
        { guard: 'in refilter', target: 'answering' },
        { target: 'stub going' },
      ],
    },
    claimed: {
      always: [
        { guard: 'in register', target: 'attaching' },
        { guard: 'in refilter, killed', target: 'answering' },
        { guard: 'in refilter', target: 'detaching', actions: ['begin walk', 'clear ipmodify'] },
        { target: 'stub going', actions: 'change entries' },
      ],
    },

    // ftrace_shutdown()
    stopping: { always: { target: 'detaching', actions: ['take off list', 'clear ipmodify'] } },

    // __ftrace_hash_rec_update(), off: does anybody else on the record need regs? A filter change
    // walks the list while the ops itself still stands in it with its old filter, and so keeps R.
    detaching: {
      always: [
        { guard: 'all detached', target: 'detached' },
        { target: 'detaching record', actions: 'detach record' },
      ],
    },
    'detaching record': {
      on: {
        detached: [
          { guard: 'regs may go', target: 'asking about regs' },
          { target: 'detaching', actions: 'go on' },
        ],
      },
    },
    'asking about regs': {
      always: [
        { guard: 'all ops asked', target: 'detaching', actions: ['drop regs', 'go on'] },
        {
          guard: 'is the ops that goes',
          target: 'asking about regs',
          actions: 'next ops',
          reenter: true,
        },
        { target: 'waiting about regs', actions: 'ask whether regs are needed' },
      ],
    },
    'waiting about regs': {
      on: {
        'needs regs': { target: 'detaching', actions: 'go on' },
        'needs none': { target: 'asking about regs', actions: 'next ops' },
      },
    },
    detached: {
      always: [
        { guard: 'in unregister', target: 'patching', actions: ['begin walk', 'disable ops'] },
        { guard: 'in refilter', target: 'attaching', actions: 'change filter' },
        { target: 'patching', actions: 'begin walk' },
      ],
    },

    // __ftrace_hash_rec_update(), on
    attaching: { always: { target: 'patching', actions: ['attach records', 'begin walk'] } },

    // ftrace_replace_code()
    patching: {
      always: [
        { guard: 'all patched', target: 'patched' },
        { target: 'patching record', actions: 'patch record' },
      ],
    },
    'patching record': {
      on: {
        patched: { target: 'patching', actions: 'go on' },
        bug: { target: 'patched', actions: ['warn', 'fail no device'] },
      },
    },
    patched: {
      always: [
        { guard: 'in unregister', target: 'unregistered' },
        { guard: 'killed', target: 'answering' },
        { guard: 'stub is on', target: 'claiming', actions: 'begin walk' },
        { target: 'answering' },
      ],
    },
    // __modify_ftrace_direct(): a stub ops shares the filter while the address is changed
    'stub coming': { always: { target: 'attaching', actions: 'stub on' } },
    'stub going': { always: { target: 'detaching', actions: ['stub off', 'begin walk'] } },

    // unregister_ftrace_direct(), cleanup_direct_functions_after_ipmodify(): answers are ignored
    unregistered: {
      always: [
        { guard: 'tells owners', target: 'cleaning up', actions: 'begin walk' },
        { target: 'answering', actions: 'delete entries' },
      ],
    },
    'cleaning up': {
      always: [
        { guard: 'all of the order walked', target: 'answering' },
        { target: 'finding sharer', actions: 'find direct ops in order' },
      ],
    },
    'finding sharer': {
      on: {
        none: { target: 'cleaning up', actions: 'go on' },
        found: { target: 'telling sharer', actions: 'tell DISABLE' },
      },
    },
    'telling sharer': { on: { answer: { target: 'cleaning up', actions: 'go on' } } },

    answering: {
      always: [
        { guard: 'killed', target: 'dead', actions: ['answer', 'say dead', 'forget call'] },
        { target: 'rest', actions: ['answer', 'forget call'] },
      ],
    },
    /** ftrace_kill() was called: nothing works any more until the next boot. */
    dead: {},
  },
});
