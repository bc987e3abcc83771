import { assign, emit, enqueueActions, setup } from 'xstate';
import type { Message } from '../../src/model/network.js';
import { EBUSY, EINVAL, ENODEV, slotOf } from '../words.js';
import {
  callOf,
  claims,
  type Ftrace,
  type FtraceInput,
  flagsOf,
  rest,
  setsIpmodify,
  touched,
  type Word,
  without,
} from './call.js';

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

/** What the machine can ask itself, and do. */
export const parts = setup({
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
});
