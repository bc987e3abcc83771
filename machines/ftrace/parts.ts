import { assign, emit, enqueueActions, setup } from 'xstate';
import type { Message } from '../../src/model/network.js';
import { EBUSY, EINVAL, ENODEV, slotOf } from '../words.js';
import {
  callOf,
  claims,
  type Ftrace,
  type FtraceInput,
  flagsOnRecord,
  moved,
  prepared,
  removed,
  rest,
  told,
  touched,
  type Word,
} from './call.js';
import { guards } from './guards.js';

/** Says words, one after the other. */
const sayAll = (words: (ftrace: Ftrace, event: Word) => readonly Message[]) =>
  enqueueActions<Ftrace, Word, undefined, Word, never, never, never, never, Message>(
    ({ context, event, enqueue }) => {
      for (const word of words(context, event)) enqueue.emit(word);
    },
  );

/** Which record a word is about. */
type Which = (ftrace: Ftrace) => number | undefined;

const toRecord = (type: string, which: Which) => sayAll((f) => [{ type, to: String(which(f)) }]);

/** Walks the list of ops for a direct one on the record. */
const find = (which: Which) => sayAll((f) => [{ type: 'find', to: 'list', record: which(f) ?? 0 }]);

/** To the ops that was just found. */
const toFound = (type: string, which: Which) =>
  sayAll((f, event) => [
    { type, to: event.type === 'found' ? event.ops : '', record: which(f) ?? 0 },
  ]);

const toPrepare = (f: Ftrace) => prepared(f)[f.at];
const toClaim = (f: Ftrace) => claims(f)[f.at];
/** The record whose owner was asked last. */
const toAsk = (f: Ftrace) =>
  f.switches.ipmodifyMeetsDirect === 'before' && !callOf(f).flags.direct
    ? toPrepare(f)
    : toClaim(f);
const toTell = (f: Ftrace) => told(f)[f.at];
const toDetach = (f: Ftrace) => moved(f)[0][f.at];

/** What the machine can ask itself, and do. */
export const parts = setup({
  types: {
    context: {} as Ftrace,
    events: {} as Word,
    input: {} as FtraceInput,
    emitted: {} as Message,
  },
  guards,
  actions: {
    'take call': assign(({ event }) => {
      if (event.type !== 'request') return {};
      const { type, ...call } = event;
      return { ...rest, call };
    }),
    'take call inside': assign(({ context, event }) => {
      if (event.type !== 'request') return {};
      const { type, ...call } = event;
      const { at, asked, errno, stub, agreed, peer, killed } = context;
      return {
        ...rest,
        call,
        outer: { call: context.call, at, asked, errno, stub, agreed, peer, killed },
      };
    }),
    'go back outside': assign(({ context }) => ({
      ...context.outer,
      outer: null,
      killed: context.killed || context.outer?.killed === true,
    })),
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
    'go on': assign({ at: ({ context }) => context.at + 1, asked: 0, peer: null }),
    'begin walk': assign({ at: 0, asked: 0 }),
    'next ops': assign({ asked: ({ context }) => context.asked + 1 }),
    'note agreement': assign({
      agreed: ({ context }) => [...context.agreed, toAsk(context) ?? 0],
    }),
    'note peer': assign({
      asked: 0,
      peer: ({ event }) =>
        event.type === 'reaches' ? { ops: event.ops, records: event.records } : null,
    }),
    'stub on': assign({ stub: 'on' }),
    'stub off': assign({ stub: 'off' }),
    'turn off': assign({ off: true, at: 0 }),
    'turn on': assign({ off: false, at: 0 }),

    'look at slot': emit(({ context }) => ({
      type: 'taken?',
      to: slotOf(callOf(context).entries[context.at]!.record),
    })),
    'insert entries': sayAll((f) =>
      callOf(f).entries.map(({ record, callee }) => ({
        type: 'insert',
        to: slotOf(record),
        callee,
      })),
    ),
    'delete entries': sayAll((f) =>
      callOf(f).entries.map(({ record, callee }) => ({
        type: 'delete',
        to: slotOf(record),
        callee,
      })),
    ),
    'delete entries after failure': sayAll((f) =>
      f.switches.failedRegisterLeavesEntries
        ? []
        : callOf(f).entries.map(({ record, callee }) => ({
            type: 'delete',
            to: slotOf(record),
            callee,
          })),
    ),
    'delete entries of removed records': sayAll((f) =>
      callOf(f)
        .entries.filter(({ record }) => f.errno === 0 && removed(f).includes(record))
        .map(({ record, callee }) => ({ type: 'delete', to: slotOf(record), callee })),
    ),
    'change entries': sayAll((f) => [
      ...callOf(f).entries.map(({ record, callee }) => ({
        type: 'set',
        to: slotOf(record),
        callee,
      })),
      {
        type: 'retarget',
        to: callOf(f).ops,
        records: callOf(f).entries.map(({ record }) => record),
      },
    ]),
    'find peer': find(toPrepare),
    'find owner': find(toClaim),
    'find sharer': find(toTell),
    'ask peer': toFound('PEER', toPrepare),
    'ask owner': toFound('PEER', toClaim),
    'tell sharer': toFound('DISABLE', toTell),
    'ask what it reaches': emit(({ event }) => ({
      type: 'reaches?',
      to: event.type === 'found' ? event.ops : '',
    })),
    'tell own owner': emit(({ context: f }) => ({
      type: 'DISABLE',
      to: callOf(f).ops,
      record: toTell(f) ?? 0,
    })),
    'tell peer': emit(({ context: f }) => ({
      type: 'DISABLE',
      to: f.peer?.ops ?? '',
      record: toTell(f) ?? 0,
    })),
    'ask SELF': emit(({ context: f }) => ({
      type: 'SELF',
      to: callOf(f).ops,
      record: toClaim(f) ?? 0,
    })),
    'ask for SHARE': emit(({ context }) => ({ type: 'shares?', to: callOf(context).ops })),
    'ask list': emit({ type: 'anybody left?', to: 'list' }),
    'enable ops': sayAll((f) => {
      const { ops, flags, after, plain } = callOf(f);
      return [
        { type: 'enable', to: ops, filter: after, plain },
        { type: 'push', to: 'list', ops, direct: flags.direct },
      ];
    }),
    'take off list': sayAll((f) => {
      const { ops, flags } = callOf(f);
      return [{ type: 'drop', to: 'list', ops, direct: flags.direct }];
    }),
    'undo enable': emit(({ context: f }) => ({
      type: 'disable',
      to: callOf(f).ops,
      spoiled: callOf(f).plain
        ? callOf(f).spoiled
        : callOf(f).flags.direct && f.switches.failedRegisterSpoils,
      gone: false,
      keeps: callOf(f).plain,
    })),
    'disable ops': emit(({ context: f }) => ({
      type: 'disable',
      to: callOf(f).ops,
      spoiled: callOf(f).plain && callOf(f).flags.direct,
      gone: true,
      keeps: callOf(f).plain,
    })),
    'look before asking': toRecord('look', toPrepare),
    'look at record': toRecord('look', toClaim),
    'look at all records': toRecord('look', (f) => f.records[f.at]),
    'look at what the peer reaches': toRecord('look', (f) => f.peer?.records[f.asked]),
    'set ipmodify': toRecord('set ipmodify', toClaim),
    'roll back ipmodify': sayAll((f) =>
      callOf(f).flags.ipmodify
        ? claims(f)
            .slice(0, f.at)
            .map((r) => ({ type: 'clear ipmodify', to: String(r) }))
        : [],
    ),
    'clear ipmodify': sayAll((f) =>
      callOf(f).flags.ipmodify
        ? removed(f).map((r) => ({ type: 'clear ipmodify', to: String(r) }))
        : [],
    ),
    'attach records': sayAll((f) =>
      moved(f)[1].map((r) => ({
        type: 'attach',
        to: String(r),
        ...flagsOnRecord(f, f.stub === 'on'),
      })),
    ),
    'detach record': emit(({ context: f }) => ({
      type: 'detach',
      to: String(toDetach(f)),
      ...flagsOnRecord(f, f.stub !== 'none'),
    })),
    'ask whether it sets ipmodify': emit(({ context: f }) => ({
      type: 'sets ipmodify?',
      to: f.ops[f.asked]!,
      record: toClaim(f) ?? 0,
    })),
    'ask whether regs are needed': emit(({ context: f }) => ({
      type: 'needs regs?',
      to: f.ops[f.asked]!,
      record: toDetach(f) ?? 0,
    })),
    'drop regs': toRecord('drop regs', toDetach),
    'change filter': emit(({ context }) => ({
      type: 'refilter',
      to: callOf(context).ops,
      filter: callOf(context).after,
      notrace: callOf(context).hiding,
    })),
    'patch record': emit(({ context: f }) => ({
      type: 'patch',
      to: String(touched(f)[f.at]),
      on: true,
    })),
    'switch record': emit(({ context: f }) => ({
      type: 'patch',
      to: String(f.records[f.at]),
      on: !f.off,
    })),
    warn: emit({ type: 'WARN' }),
    answer: emit(({ context }) => ({ type: 'returns', errno: context.errno })),
    'say dead': emit({ type: 'DEAD' }),
    'forget call': assign({ ...rest, outer: null }),
  },
});
