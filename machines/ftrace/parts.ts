import { assign, emit, setup } from 'xstate';
import type { Message } from '../../src/model/network.js';
import { emitAll } from '../emitAll.js';
import {
  DIRECT_MUTEX,
  directEntryOf,
  EBUSY,
  EINVAL,
  ENODEV,
  ENOMEM,
  EOPNOTSUPP,
  replyTo,
} from '../events.js';
import {
  callOf,
  comingOf,
  type Ftrace,
  type FtraceEvent,
  type FtraceInput,
  flagsOnRecord,
  removed,
  rest,
  toAsk,
  toCheckIpmodify,
  toNotify,
  toPatch,
  toRecount,
} from './call.js';
import { guards } from './guards.js';

const say = emitAll<Ftrace, FtraceEvent>;

/** Of a message that needs a reply. */
const from = ({ name }: FtraceInput) => ({ from: name });

/** Selects the record that a message is about. */
type Which = (ftrace: Ftrace) => number | undefined;

const toRecord = (type: string, which: Which) => say((f) => [{ type, to: String(which(f)) }]);

/** Sends a record a message that needs a reply. */
const askRecord = (type: string, which: Which) =>
  say((f) => [{ type, to: String(which(f)), ...from(f) }]);

/** Makes the list search for a direct ops on the record. */
const find = (which: Which) =>
  say((f) => [{ type: 'find', to: 'list', record: which(f) ?? 0, ...from(f) }]);

/** Sends an ops a message about the record. */
const toOps = (
  type: string,
  ops: (f: Ftrace, event: FtraceEvent) => string | undefined,
  which: Which,
) => say((f, event) => [{ type, to: ops(f, event) ?? '', record: which(f) ?? 0, ...from(f) }]);

const found = (_: Ftrace, event: FtraceEvent) => (event.type === 'found' ? event.ops : undefined);
const own = (f: Ftrace) => callOf(f).ops;
const next = (f: Ftrace) => f.ops[f.asked];

/** Messages that change the call's entries in the table of direct functions. */
const entryWords = (
  type: 'insert' | 'set' | 'delete' | 'remove',
  f: Ftrace,
  isMeant: (record: number) => boolean = () => true,
): Message[] =>
  callOf(f)
    .entries.filter(({ record }) => isMeant(record))
    .map(({ record, callee }) => ({ type, to: directEntryOf(record), callee }));

/** The call replaces the table by a copy. A copy reverses the entries of one function, of which the first decides. */
const copyTable = (f: Ftrace): Message[] =>
  f.features.directHashApi
    ? f.records.map((record) => ({ type: 'copy', to: directEntryOf(record) }))
    : [];

/** Of update_ftrace_direct_add(): puts the former table back. */
const restoreTable = (f: Ftrace): Message[] =>
  callOf(f).table === 'add' ? [...entryWords('remove', f), ...copyTable(f)] : [];

/** The ops learns whether its trampolines came into use. */
const tableCallReturned = (f: Ftrace): Message => ({
  type: 'table call returned',
  to: callOf(f).ops,
  errno: f.errno,
  records: callOf(f).entries.map(({ record }) => record),
});

/** The message that puts the ops of the call on the list, or takes it off. */
const listed = (type: 'push' | 'drop', f: Ftrace): Message => {
  const { ops, flags, permanent } = callOf(f);
  return { type, to: 'list', ops, direct: flags.direct, ...(permanent ? { permanent } : {}) };
};

const toPrepare = (f: Ftrace) => toAsk(f)[f.at];
/** Valid during prepare too, which for an IPMODIFY ops walks the same records in the same order. */
const toClaim = (f: Ftrace) => toCheckIpmodify(f)[f.at];
const toTell = (f: Ftrace) => toNotify(f)[f.at];
const toCount = (f: Ftrace) => callOf(f).after[f.at];
const toDetach = (f: Ftrace) => toPatch(f)[0][f.at];

/** The guards and actions of the ftrace machine. */
export const parts = setup({
  types: {
    context: {} as Ftrace,
    events: {} as FtraceEvent,
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
      const { at, asked, errno, tmpOps, agreed, directOps, ftraceDisabled } = context;
      const suspendedCall = {
        call: context.call,
        at,
        asked,
        errno,
        tmpOps,
        agreed,
        directOps,
        ftraceDisabled,
      };
      return { ...rest, call, suspendedCall };
    }),
    'take module': assign(({ event }) => ({ ...rest, call: comingOf(event) })),
    'records come': say((_, event) =>
      comingOf(event).after.map((record) => ({ type: 'come', to: String(record) })),
    ),
    'records go': say((_, event) =>
      comingOf(event).after.map((record) => ({ type: 'go', to: String(record) })),
    ),
    'go back outside': assign(({ context }) => ({
      ...context.suspendedCall,
      suspendedCall: null,
      ftraceDisabled: context.ftraceDisabled || context.suspendedCall?.ftraceDisabled === true,
    })),
    'fail invalid': assign({ errno: EINVAL }),
    'fail busy': assign({ errno: EBUSY }),
    'fail no memory': assign({ errno: ENOMEM }),
    'fail unsupported': assign({ errno: EOPNOTSUPP }),
    'fail no device': assign(({ context: { call, tmpOps } }) =>
      call?.request === 'register' || tmpOps === 'on'
        ? { errno: ENODEV, ftraceDisabled: true }
        : { ftraceDisabled: true },
    ),
    'fail as answered': assign({
      errno: ({ event }) => (event.type === 'answer' ? event.errno : 0),
    }),
    ftraceDisabled: assign({ ftraceDisabled: true }),
    'go on': assign({ at: ({ context }) => context.at + 1, asked: 0, directOps: null }),
    'begin walk': assign({ at: 0, asked: 0 }),
    'ask all again': assign({ at: 0, asked: 0, agreed: [] }),
    'next ops': assign({ asked: ({ context }) => context.asked + 1 }),
    'note agreement': assign({
      agreed: ({ context }) => [...context.agreed, toClaim(context) ?? 0],
    }),
    'note peer': assign({
      asked: 0,
      directOps: ({ event }) =>
        event.type === 'reaches' ? { ops: event.ops, records: event.records } : null,
    }),
    'stub on': assign({ tmpOps: 'on' }),
    'stub off': assign({ tmpOps: 'off' }),
    'turn off': assign({ sysctlOff: true, at: 0 }),
    'turn on': assign({ sysctlOff: false, at: 0 }),
    'tell other callers': say((f) =>
      f.others.map((to) => ({ type: 'ftrace_enabled is', to, on: !f.sysctlOff })),
    ),
    'stop others': say((f) => f.others.map((to) => ({ type: 'stop', to }))),
    'note ftrace_enabled': assign({
      sysctlOff: ({ context, event }) =>
        event.type === 'ftrace_enabled is' ? !event.on : context.sysctlOff,
    }),
    'repeat request': say((f) => [
      { type: 'request', to: f.name, ...(callOf(f) as unknown as Omit<Message, 'type'>) },
    ]),

    'look at slot': emit(({ context }) => ({
      type: 'taken?',
      to: directEntryOf(callOf(context).entries[context.at]!.record),
      ...from(context),
    })),
    'look at entry': emit(({ context }) => {
      const { record, callee } = callOf(context).entries[context.at]!;
      return { type: 'names?', to: directEntryOf(record), callee, ...from(context) };
    }),
    'insert entries': say((f) => [...copyTable(f), ...entryWords('insert', f)]),
    'restore table': say(restoreTable),
    'delete entries after failure': say((f) => {
      if (callOf(f).table) return restoreTable(f);
      return f.features.failedRegisterLeavesEntries ? [] : entryWords('delete', f);
    }),
    'delete entries of removed records': say((f) => {
      if (f.errno !== 0) return [];
      if (callOf(f).table === 'del') return [...copyTable(f), ...entryWords('remove', f)];
      return entryWords('delete', f, (record) => removed(f).includes(record));
    }),
    'change entries': say((f) => [
      ...entryWords('set', f),
      {
        type: 'retarget',
        to: callOf(f).ops,
        records: callOf(f).entries.map(({ record }) => record),
      },
    ]),
    'find peer': find(toPrepare),
    'find owner': find(toClaim),
    'find sharer': find(toTell),
    'ask peer': toOps('PEER', found, toPrepare),
    'ask owner': toOps('PEER', found, toClaim),
    'tell sharer': toOps('DISABLE', found, toTell),
    'ask what it reaches': emit(({ context, event }) => ({
      type: 'reaches?',
      to: event.type === 'found' ? event.ops : '',
      ...from(context),
    })),
    'tell own owner': toOps('DISABLE', own, toTell),
    'tell peer': toOps('DISABLE', (f) => f.directOps?.ops, toTell),
    'ask SELF': toOps('SELF', own, toClaim),
    'ask for SHARE': emit(({ context }) => ({
      type: 'shares?',
      to: callOf(context).ops,
      ...from(context),
    })),
    'ask list': emit(({ context }) => ({ type: 'anybody left?', to: 'list', ...from(context) })),
    'ask for PERMANENT': emit(({ context }) => ({
      type: 'anybody PERMANENT?',
      to: 'list',
      ...from(context),
    })),
    'enable ops': say((f) => {
      const { ops, after, plain } = callOf(f);
      return [{ type: 'enable', to: ops, filter: after, plain }, listed('push', f)];
    }),
    'take off list': say((f) => [listed('drop', f)]),
    'undo enable': emit(({ context: f }) => ({
      type: 'disable',
      to: callOf(f).ops,
      spoiled: callOf(f).plain
        ? callOf(f).spoiled
        : callOf(f).flags.direct && f.features.failedRegisterLeavesStaleFunc,
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
    'look before asking': askRecord('look', toPrepare),
    'look at record': askRecord('look', toClaim),
    'look at all records': askRecord('look', (f) => f.records[f.at]),
    'look at what the peer reaches': askRecord('look', (f) => f.directOps?.records[f.asked]),
    'set ipmodify': toRecord('set ipmodify', toClaim),
    'roll back ipmodify': say((f) =>
      callOf(f).flags.ipmodify
        ? toCheckIpmodify(f)
            .slice(0, f.at)
            .map((r) => ({ type: 'clear ipmodify', to: String(r) }))
        : [],
    ),
    'clear ipmodify': say((f) =>
      callOf(f).flags.ipmodify
        ? removed(f).map((r) => ({ type: 'clear ipmodify', to: String(r) }))
        : [],
    ),
    'attach records': say((f) =>
      toPatch(f)[1].map((r) => ({
        type: 'attach',
        to: String(r),
        ...flagsOnRecord(f, f.tmpOps === 'on'),
      })),
    ),
    'detach record': emit(({ context: f }) => ({
      type: 'detach',
      to: String(toDetach(f)),
      ...flagsOnRecord(f, f.tmpOps !== 'none'),
      ...from(f),
    })),
    'ask whether it sets ipmodify': toOps('sets ipmodify?', next, toClaim),
    'ask for a reference': toOps('references?', next, toCount),
    'attach referenced': emit(({ context, event }) => ({
      type: 'attach',
      to: String(toCount(context)),
      direct: false,
      regs: event.type === 'references' && event.regs,
    })),
    'ask whether regs are needed': toOps('needs regs?', next, toDetach),
    'drop regs': toRecord('drop regs', toDetach),
    'change filter': emit(({ context }) => ({
      type: 'refilter',
      to: callOf(context).ops,
      filter: callOf(context).after,
      notrace: callOf(context).hiding,
    })),
    'patch record': emit(({ context: f }) => ({
      type: 'patch',
      to: String(toRecount(f)[f.at]),
      on: true,
      ...from(f),
    })),
    'switch record': emit(({ context: f }) => ({
      type: 'patch',
      to: String(f.records[f.at]),
      on: !f.sysctlOff,
      ...from(f),
    })),
    warn: emit({ type: 'WARN' }),
    'say stopped': emit({ type: 'stopped', at: 'direct_mutex' }),
    'stand with direct_mutex': say((f) => [
      { type: 'take', to: DIRECT_MUTEX, ...from(f) },
      { type: 'stopped', at: 'ftrace_lock' },
    ]),
    'say blocked': say((f, event) => [
      { type: 'take', to: DIRECT_MUTEX, ...from(f) },
      { type: 'blocked', at: `${event.type === 'waits for lock' ? event.ops : ''}.lock` },
    ]),
    'release direct_mutex': emit({ type: 'release', to: DIRECT_MUTEX }),
    'say waiting': emit({ type: 'stopped', at: 'the lock of an owner' }),
    answer: say((f) => [
      ...(callOf(f).table ? [tableCallReturned(f)] : []),
      { type: 'returns', errno: f.errno, ...replyTo(callOf(f)) },
      ...(callOf(f).holds ?? []).map((to) => ({ type: 'unlock', to })),
    ]),
    'say dead': emit({ type: 'DEAD' }),
    'forget call': assign({ ...rest, suspendedCall: null }),
  },
});
