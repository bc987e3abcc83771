import { EAGAIN, type Flags } from '../events.js';
import { withoutEach } from '../ops/context.js';
import {
  callOf,
  type Ftrace,
  type FtraceEvent,
  toAsk,
  toCheckIpmodify,
  toNotify,
  toPatch,
  toRecount,
} from './call.js';

interface Asked {
  readonly context: Ftrace;
  readonly event: FtraceEvent;
}

const isRequest = (event: FtraceEvent, ...which: readonly string[]) =>
  event.type === 'request' && which.includes(event.request);
const isIpmodify = ({ flags }: { readonly flags: Flags }) => flags.ipmodify && !flags.direct;
const areAllLookedAt = (f: Ftrace) => f.at === callOf(f).entries.length;
/** Whether another caller can change the answer to the next question of the call. */
const standsBetween = ({ others, ownersLock }: Ftrace) => others.length > 0 && ownersLock;
const mayNotCoverAll = ({ flags }: { readonly flags: Flags }) => flags.ipmodify || flags.direct;

export const guards = {
  // Of a request
  'is no direct ops in the state for it': ({ event }: Asked) =>
    event.type === 'request' &&
    !event.plain &&
    ((event.table !== undefined && event.entries.length === 0) ||
      (event.request === 'register' &&
        (event.spoiled || !event.initialized || event.enabled || event.after.length === 0)) ||
      ((event.request === 'unregister' || event.request === 'modify') &&
        !(event.enabled && event.flags.direct))),
  'fills the table': ({ event }: Asked) =>
    event.type === 'request' &&
    !event.plain &&
    (event.request === 'register' || event.table === 'add'),
  'deletes from the table': ({ event }: Asked) => event.type === 'request' && event.table === 'del',
  // unregister_ftrace_direct_multi()
  'unregisters direct, without a hash': ({ context: { features }, event }: Asked) =>
    features.unregisterReadsFilterFirst &&
    event.type === 'request' &&
    event.request === 'unregister' &&
    !event.plain &&
    !event.initialized,
  // prepare_direct_functions_for_ipmodify() reads the hash before ftrace_ops_init() ran.
  'asks before, without a hash': ({ context: { features }, event }: Asked) =>
    event.type === 'request' &&
    event.request === 'register' &&
    isIpmodify(event) &&
    !event.hasHash &&
    features.ipmodifyMeetsDirect === 'before',
  'asks before': ({ context: { features }, event }: Asked) =>
    event.type === 'request' &&
    isIpmodify(event) &&
    features.ipmodifyMeetsDirect === 'before' &&
    (event.request === 'register' ||
      (event.request === 'refilter' &&
        features.asksOnGrowth &&
        event.after.some((r) => !event.before.includes(r)))),
  registers: ({ event }: Asked) => isRequest(event, 'register'),
  unregisters: ({ event }: Asked) => isRequest(event, 'unregister'),
  'filter becomes empty': ({ event }: Asked) =>
    event.type === 'request' &&
    event.request === 'refilter' &&
    event.after.length === 0 &&
    mayNotCoverAll(event),
  refilters: ({ event }: Asked) => isRequest(event, 'refilter'),
  'hides records of ipmodify': ({ event }: Asked) =>
    event.type === 'request' && event.request === 'renotrace' && event.flags.ipmodify,
  renotraces: ({ event }: Asked) => isRequest(event, 'renotrace'),
  modifies: ({ event }: Asked) => isRequest(event, 'modify'),
  'switches on': ({ context, event }: Asked) =>
    event.type === 'ftrace_enabled' && event.on && context.sysctlOff,
  'may not switch off': ({ context, event }: Asked) =>
    event.type === 'ftrace_enabled' && !event.on && context.features.refusesSysctlOff,
  'switches off': ({ context, event }: Asked) =>
    event.type === 'ftrace_enabled' && !event.on && !context.sysctlOff,

  // Of the call in progress
  'in register': ({ context }: Asked) => callOf(context).request === 'register',
  'in register, killed': ({ context }: Asked) =>
    callOf(context).request === 'register' && context.ftraceDisabled,
  'in unregister': ({ context }: Asked) => callOf(context).request === 'unregister',
  'in refilter': ({ context }: Asked) => callOf(context).request === 'refilter',
  'changes a filter': ({ context }: Asked) =>
    ['refilter', 'renotrace'].includes(callOf(context).request),
  'adds to the table': ({ context }: Asked) => callOf(context).table === 'add',
  'in refilter, killed': ({ context }: Asked) =>
    callOf(context).request === 'refilter' && context.ftraceDisabled,
  'already enabled': ({ context }: Asked) => callOf(context).enabled,
  'is PERMANENT while ftrace is off': ({ context }: Asked) =>
    callOf(context).permanent === true && context.sysctlOff,
  'is not enabled': ({ context }: Asked) => !callOf(context).enabled,
  'registers for all functions': ({ context }: Asked) =>
    callOf(context).request === 'register' &&
    callOf(context).after.length === 0 &&
    mayNotCoverAll(callOf(context)),
  'stub is on': ({ context }: Asked) => context.tmpOps === 'on',
  ftraceDisabled: ({ context }: Asked) => context.ftraceDisabled,
  'is off': ({ context }: Asked) => context.sysctlOff,
  // ftrace_module_enable() patches regardless of ftrace_enabled.
  'is off, leaves the text': ({ context }: Asked) =>
    context.sysctlOff && callOf(context).request !== 'module coming',
  'is inside another call': ({ context }: Asked) => context.suspendedCall !== null,
  'is inside unregister': ({ context }: Asked) =>
    context.suspendedCall?.call?.request === 'unregister',
  'tells owners, without a hash': ({ context }: Asked) =>
    callOf(context).request === 'unregister' &&
    isIpmodify(callOf(context)) &&
    !callOf(context).hasHash &&
    context.features.notifiesOnUnregister,
  'tells owners later': ({ context }: Asked) =>
    context.others.length > 0 &&
    !context.features.unregisterKeepsDirectMutex &&
    callOf(context).request === 'unregister' &&
    toNotify(context).length > 0,
  'holds a lock': ({ event }: Asked) =>
    event.type === 'request' && event.holds !== undefined && event.holds.length > 0,
  'is elsewhere': ({ context, event }: Asked) =>
    event.type === 'is elsewhere' && callOf(context).ops !== event.ops,
  'tells owners': ({ context }: Asked) => toNotify(context).length > 0,
  'tells itself': ({ context }: Asked) => callOf(context).flags.direct,
  'tells the last only': ({ context }: Asked) => context.features.notifiesAfterLastOnly,
  'looks before asking': ({ context }: Asked) => context.features.checksBeforeAsking,

  // Of the progress of a walk
  'all entries looked at': ({ context }: Asked) => areAllLookedAt(context),
  'all entries looked at, some outside the filter': ({ context }: Asked) =>
    areAllLookedAt(context) &&
    withoutEach(
      callOf(context).entries.map(({ record }) => record),
      callOf(context).before,
    ).length > 0,
  'all entries looked at, in unregister': ({ context }: Asked) =>
    areAllLookedAt(context) && callOf(context).request === 'unregister',
  'all prepared': ({ context }: Asked) => context.at === toAsk(context).length,
  'all claimed': ({ context }: Asked) => context.at === toCheckIpmodify(context).length,
  'all detached': ({ context }: Asked) => context.at === toPatch(context)[0].length,
  'all patched': ({ context }: Asked) => context.at === toRecount(context).length,
  'all switched': ({ context }: Asked) => context.at === context.records.length,
  'all told': ({ context }: Asked) => context.at === toNotify(context).length,
  'all of the peer looked at': ({ context }: Asked) =>
    context.asked === context.directOps?.records.length,
  'all ops asked': ({ context }: Asked) => context.asked === context.ops.length,
  'is the ops of the call': ({ context }: Asked) =>
    context.ops[context.asked] === callOf(context).ops,

  // Of a record's flags
  'has ipmodify': ({ event }: Asked) => event.type === 'flags' && event.ipmodify,
  'is not direct': ({ event }: Asked) => event.type === 'flags' && !event.direct,
  'has any flag': ({ event }: Asked) =>
    event.type === 'flags' && (event.ipmodify || event.direct || event.regs),
  'ipmodify meets ipmodify, asks whose it is': ({ context, event }: Asked) =>
    event.type === 'flags' &&
    event.ipmodify &&
    isIpmodify(callOf(context)) &&
    context.features.ipmodifyMeetsIpmodify === 'asks whose it is',
  'ipmodify meets ipmodify': ({ context, event }: Asked) =>
    event.type === 'flags' &&
    event.ipmodify &&
    callOf(context).flags.ipmodify &&
    !(callOf(context).flags.direct && context.features.directMeetsIpmodify === 'asks'),
  'ipmodify meets direct, asks here': ({ context, event }: Asked) =>
    event.type === 'flags' &&
    event.direct &&
    isIpmodify(callOf(context)) &&
    context.features.ipmodifyMeetsDirect === 'on the record',
  'direct meets direct and ipmodify': ({ context, event }: Asked) =>
    event.type === 'flags' &&
    event.ipmodify &&
    event.direct &&
    callOf(context).request !== 'modify' &&
    callOf(context).flags.direct &&
    context.features.directMeetsIpmodify === 'asks',
  'direct meets ipmodify, asks': ({ context, event }: Asked) =>
    event.type === 'flags' &&
    event.ipmodify &&
    callOf(context).flags.direct &&
    context.features.directMeetsIpmodify === 'asks',
  'direct meets ipmodify, needs SHARE': ({ context, event }: Asked) =>
    event.type === 'flags' &&
    event.ipmodify &&
    callOf(context).flags.direct &&
    context.features.directMeetsIpmodify === 'needs SHARE',
  'sets ipmodify': ({ context }: Asked) => callOf(context).flags.ipmodify,

  // Of an answer
  'is busy, so the call waits': ({ context, event }: Asked) =>
    event.type === 'answer' &&
    event.errno === EAGAIN &&
    context.others.length > 0 &&
    context.features.waitsForOwners,
  'asks others yet': ({ context }: Asked) =>
    standsBetween(context) && context.at + 1 < toAsk(context).length,
  'tells others yet': ({ context }: Asked) =>
    standsBetween(context) && context.at + 1 < toNotify(context).length,
  'says no': ({ event }: Asked) => event.type === 'answer' && event.errno < 0,
  'says anything but 0': ({ event }: Asked) => event.type === 'answer' && event.errno !== 0,
  'says neither yes nor no': ({ context, event }: Asked) =>
    event.type === 'answer' && event.errno > 0 && callOf(context).request !== 'modify',
  'regs may go': ({ context, event }: Asked) =>
    event.type === 'detached' &&
    event.mayDropRegs &&
    (callOf(context).request === 'unregister' ||
      (callOf(context).request === 'renotrace' &&
        context.features.notraceUpdate === 'the difference') ||
      !context.features.recountIncludesLeaving),
};
