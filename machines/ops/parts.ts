import { assign, emit, setup } from 'xstate';
import { emitAll } from '../emitAll.js';
import { EAGAIN, EBUSY, EINVAL, ENOENT, ownerOf, replyTo } from '../events.js';
import {
  type Attribute,
  changed,
  hasFlags,
  type Ops,
  type OpsEvent,
  type OpsOfDesign,
  reached,
  retargeted,
} from './context.js';
import { requestOf } from './request.js';

/** An ops with an empty filter covers every function. The kernel refuses that for an IPMODIFY or DIRECT ops. */
const mayNotCoverAll = ({ kind }: Ops) => kind === 'ipmodify' || kind === 'direct';
const mayBeEdited = ({ kind, edits }: Ops) => kind !== 'direct' || edits;

/** The component that executes the call. */
const ftraceOf = ({ by = 'ftrace' }: OpsEvent): string => by;

const recordsOf = (event: OpsEvent) => ('records' in event ? event.records : []);
const isNew = ({ filter }: Ops, event: OpsEvent) =>
  !recordsOf(event).some((r) => filter.includes(r));
const isThere = ({ filter }: Ops, event: OpsEvent) =>
  recordsOf(event).every((r) => filter.includes(r));

const isOtherNotrace = ({ notrace }: Ops, event: OpsEvent) =>
  event.type === 'notrace' && event.records.join() !== notrace.join();

/** Whether no call initialized the ops or its filter. */
const isUntouched = ({ initialized, hasHash }: Ops) => !initialized || !hasHash;

/**
 * Whether `order` is a permutation of the whole filter. Only callers that misuse the API, or of an untouched ops, pass
 * an empty one.
 */
const isOrder = (ops: Ops, event: OpsEvent, mayBeEmpty: boolean) =>
  'order' in event &&
  (ops.filter.length > 0 || (mayBeEmpty && (ops.misuse || isUntouched(ops)))) &&
  ops.filter.length === event.order.length &&
  event.order.every((record) => ops.filter.includes(record));

/** Whether an attribute of the ops is as its caller set it by hand. */
const has = (ops: Ops, attribute: Attribute): boolean =>
  attribute === 'permanent'
    ? ops.permanent === true
    : attribute === 'ipmodify'
      ? ops.presetsIpmodify
      : ops.spoiled;

/** register_ftrace_direct() assigns the flags, or adds its own to those that are set. */
const assignsFlags = ({ kind, keepsFlags }: Ops, event: OpsEvent) =>
  kind === 'direct' && event.type === 'enable' && !event.plain && !keepsFlags;

const ownerAsked = ({ name, consentPer }: Ops, event: OpsEvent) =>
  ownerOf(name, consentPer === 'record' && 'record' in event ? event.record : undefined);

/** The owners of the ops or records that this event detaches. */
function leavers({ name, consentPer, filter }: Ops, event: OpsEvent): readonly string[] {
  if (event.type === 'disable')
    return consentPer === 'ops' ? [ownerOf(name)] : ownersOn(name, filter);
  return event.type === 'refilter' && consentPer === 'record'
    ? ownersOn(
        name,
        filter.filter((r) => !event.filter.includes(r)),
      )
    : [];
}

const ownersOn = (name: string, records: readonly number[]): readonly string[] =>
  [...new Set(records)].map((record) => ownerOf(name, record));

/** The owners that build a trampoline before a call on these records: those that answer for one record each. */
const buildersOn = ({ name, consentPer }: Ops, records: readonly number[]): readonly string[] =>
  consentPer === 'record' ? ownersOn(name, records) : [];

/** The guards and actions of the ops machine. */
export const parts = setup({
  types: { context: {} as Ops, events: {} as OpsEvent, input: {} as OpsOfDesign },
  guards: {
    'not in filter': ({ context, event }) => isNew(context, event),
    'in filter': ({ context, event }) => isThere(context, event),
    'not in filter, or may be added twice': ({ context, event }) =>
      context.misuse || context.addsTwice === true || isNew(context, event),
    'in filter, or misuse': ({ context, event }) => context.misuse || isThere(context, event),
    'may remove what is absent': ({ context, event }) =>
      context.removesAbsent === true && !isThere(context, event),
    'only one in filter': ({ context, event }) =>
      isThere(context, event) && context.filter.length === 1,
    'not in filter, may be edited': ({ context, event }) =>
      isNew(context, event) && mayBeEdited(context),
    'in filter, may be edited, not the last of a tracer': ({ context, event }) =>
      isThere(context, event) &&
      mayBeEdited(context) &&
      (context.filter.length > 1 || mayNotCoverAll(context)),
    'order is of the filter': ({ context, event }) =>
      isOrder(context, event, mayNotCoverAll(context)),
    'misuse, order is of the filter': ({ context, event }) =>
      context.misuse && isOrder(context, event, true),
    'may misuse': ({ context }) => context.misuse,
    'has a filter': ({ context }) => context.filter.length > 0,
    'changes notrace': ({ context, event }) =>
      isOtherNotrace(context, event) &&
      !(context.flags.ipmodify && hasFlags(context)) &&
      !context.presetsIpmodify,
    'would change notrace': ({ context, event }) => isOtherNotrace(context, event),
    'ends the walk': ({ context }) => context.marked,
    'is direct and reaches record': ({ context, event }) =>
      'record' in event &&
      context.kind === 'direct' &&
      hasFlags(context) &&
      reached(context).includes(event.record),
    'needs regs there': ({ context, event }) =>
      event.type === 'needs regs?' && context.flags.regs && reached(context).includes(event.record),
    'references it': ({ context, event }) =>
      event.type === 'references?' && reached(context).includes(event.record),
    'sets ipmodify there': ({ context, event }) =>
      event.type === 'sets ipmodify?' &&
      context.flags.ipmodify &&
      !context.flags.direct &&
      reached(context).includes(event.record),
    'is marked': ({ context }) => context.marked,
    'knows marks': ({ context }) => context.knowsMarks,
    'has an owner that never marks it': ({ context }) => context.owner !== 'bpf',
    'has nobody to ask': ({ context }) => context.owner === 'absent',
    'goes for good and has an owner': ({ context, event }) =>
      event.type === 'disable' &&
      event.gone &&
      context.kind === 'direct' &&
      context.owner !== 'absent',
    'has an owner': ({ context }) => context.kind === 'direct' && context.owner !== 'absent',
    'filter is empty': ({ context }) => context.filter.length === 0,
    'lacks the attribute': ({ context, event }) =>
      event.type === 'preset' && !has(context, event.attribute),
    'has other attributes': ({ context }) =>
      context.permanent === true ||
      context.presetsIpmodify ||
      context.spoiled ||
      (context.attributes && context.kind === 'direct' && context.initialized),
  },
  actions: {
    'change filter': assign(({ context, event }) =>
      event.type === 'refilter'
        ? {
            filter: event.filter,
            notrace: event.notrace,
            // A record that joins or leaves has the first trampoline.
            onSecond: context.onSecond.filter(
              (r) => context.filter.includes(r) === event.filter.includes(r),
            ),
          }
        : { filter: changed(context, event), initialized: true, hasHash: true },
    ),
    'change notrace': assign({
      initialized: true,
      notrace: ({ context, event }) => (event.type === 'notrace' ? event.records : context.notrace),
    }),
    'say done': emit(({ event }) => ({ type: 'returns', errno: 0, ...replyTo(event) })),
    'say invalid': emit(({ event }) => ({ type: 'returns', errno: EINVAL, ...replyTo(event) })),
    'say no entry': emit(({ event }) => ({ type: 'returns', errno: ENOENT, ...replyTo(event) })),
    'say empty': emit(({ context }) => ({ type: 'done with', to: 'caller', ops: context.name })),
    'request while idle': emit(({ context, event }) => ({
      type: 'request',
      to: ftraceOf(event),
      ...requestOf(context, false, event),
    })),
    'request while enabled': emit(({ context, event }) => ({
      type: 'request',
      to: ftraceOf(event),
      ...requestOf(context, true, event),
    })),
    start: assign({
      filter: ({ context, event }) => (event.type === 'enable' ? event.filter : context.filter),
      trampoline: ({ context, event }) =>
        context.kind !== 'direct'
          ? null
          : event.type === 'enable' && event.plain
            ? (context.trampoline ?? 'a')
            : 'a',
      former: ({ context, event }) =>
        event.type === 'enable' && !event.plain ? context.trampoline : null,
      // A caller that adds a function names its first trampoline.
      onSecond: ({ context, event }) =>
        context.onSecond.filter((r) => event.type !== 'enable' || !event.filter.includes(r)),
      hollow: ({ context, event }) =>
        event.type === 'enable' && event.plain && context.kind === 'direct' && !context.spoiled,
      spoiled: false,
      initialized: true,
      permanent: ({ context, event }) =>
        context.permanent === true && !assignsFlags(context, event),
      presetsIpmodify: ({ context, event }) =>
        context.presetsIpmodify && !assignsFlags(context, event),
      known: ({ context, event }) =>
        context.known ||
        (context.misuse && context.kind === 'direct' && event.type === 'enable' && !event.plain),
    }),
    'other trampoline': assign(({ context, event }) =>
      retargeted(context, event.type === 'retarget' ? event.records : []),
    ),
    stop: assign({
      // update_ftrace_direct_del() frees both filters; a failed first update_ftrace_direct_add() leaves none.
      filter: ({ context }) => (context.isTable ? [] : context.filter),
      notrace: ({ context, event }) =>
        context.isTable && event.type === 'disable' && event.gone ? [] : context.notrace,
      // Without misuse a caller names the first trampoline again after an unregister or a failed register.
      trampoline: ({ context: { misuse, trampoline, former }, event }) => {
        const named = event.type === 'disable' && (event.gone || event.keeps) ? trampoline : former;
        return misuse && named === 'b' ? 'b' : null;
      },
      former: null,
      onSecond: ({ context }) => context.onSecond.filter((r) => !context.filter.includes(r)),
      hollow: false,
      spoiled: ({ context, event }) => event.type === 'disable' && event.spoiled && !context.hollow,
    }),
    'be new': assign({ filter: [], spoiled: false }),
    'set attribute': assign(({ event }) =>
      event.type !== 'preset'
        ? {}
        : event.attribute === 'permanent'
          ? { permanent: true }
          : event.attribute === 'ipmodify'
            ? { presetsIpmodify: true }
            : { spoiled: true },
    ),
    'reset attributes': assign({
      permanent: false,
      presetsIpmodify: false,
      spoiled: false,
      initialized: ({ context }) => context.kind !== 'direct',
    }),
    'be hollow': assign({ hollow: true }),
    mark: assign({ marked: true }),
    unmark: assign({ marked: ({ context }) => context.marked && context.owner === 'willing' }),
    'tell owners': emitAll<Ops, OpsEvent>((context, event) =>
      leavers(context, event).map((to) => ({ type: 'detached', to })),
    ),
    'rebuild trampolines': emitAll<Ops, OpsEvent>((ops, event) =>
      buildersOn(ops, recordsOf(event)).map((to) => ({ type: 'rebuild', to })),
    ),
    'settle trampolines': emitAll<Ops, OpsEvent>((ops, event) =>
      event.type !== 'table call returned'
        ? []
        : buildersOn(ops, event.records).map((to) => ({
            type: event.errno === 0 ? 'in use' : 'not in use',
            to,
          })),
    ),
    'ask owner': emit(({ context, event }) => ({
      type: event.type,
      to: ownerAsked(context, event),
      ops: context.name,
      from: 'from' in event ? event.from! : '',
      ...(context.consentPer === 'record' && 'record' in event ? { record: event.record } : {}),
    })),
    'say nobody': emit(({ event }) => ({ type: 'answer', ...replyTo(event), errno: EBUSY })),
    'say yes': emit(({ event }) => ({ type: 'answer', ...replyTo(event), errno: 0 })),
    'say not marked': emit(({ event }) => ({ type: 'answer', ...replyTo(event), errno: EAGAIN })),
    'say covers': emit(({ event }) => ({ type: 'covers', ...replyTo(event) })),
    'say does not cover': emit(({ event }) => ({ type: 'does not cover', ...replyTo(event) })),
    'say end': emit(({ event }) => ({ type: 'ends the walk', ...replyTo(event) })),
    'say needs regs': emit(({ event }) => ({ type: 'needs regs', ...replyTo(event) })),
    'say needs none': emit(({ event }) => ({ type: 'needs none', ...replyTo(event) })),
    'say references': emit(({ context, event }) => ({
      type: 'references',
      ...replyTo(event),
      regs: context.flags.regs,
    })),
    'say references none': emit(({ event }) => ({ type: 'references none', ...replyTo(event) })),
    'say reach': emit(({ context, event }) => ({
      type: 'reaches',
      ...replyTo(event),
      ops: context.name,
      records: reached(context),
    })),
    'say mine': emit(({ event }) => ({ type: 'mine', ...replyTo(event) })),
    'say not mine': emit(({ event }) => ({ type: 'not mine', ...replyTo(event) })),
  },
});
