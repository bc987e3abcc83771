import type { Call } from '../events.js';
import type { Features } from '../features.js';

/** Which design, and whom to ask. */
export interface FtraceInput {
  readonly features: Features;
  readonly records: readonly number[];
  /** Names of all ops, in the order in which they are asked whether they need regs. */
  readonly ops: readonly string[];
}

/** Where the call in progress is; between two calls it is always at rest. */
export interface Progress {
  readonly call: Call | null;
  /** Where the present walk is: an index into the records walked. */
  readonly at: number;
  /** Where the walk over the ops that may need regs is. */
  readonly asked: number;
  readonly errno: number;
  /** modify: the stub ops that keeps the functions busy meanwhile. */
  readonly tmpOps: 'none' | 'on' | 'off';
  /** Records for which an owner said yes in this call. */
  readonly agreed: readonly number[];
  /** The direct ops that may be told, with its records. */
  readonly directOps: { readonly ops: string; readonly records: readonly number[] } | null;
  /** ftrace_kill() was called in this call. */
  readonly ftraceDisabled: boolean;
}

export interface Ftrace extends FtraceInput, Progress {
  /** The call during which an owner made the present one. */
  readonly suspendedCall: Progress | null;
  /** ftrace_enabled was written 0: no text calls anything. */
  readonly sysctlOff: boolean;
}

/** What ops, records, slots, the list and owners say to ftrace. */
export type FtraceEvent =
  | ({ type: 'request' } & Call)
  | { type: 'taken' | 'free' | 'none' | 'patched' | 'bug' | 'needs regs' | 'needs none' }
  | { type: 'mine' | 'not mine' | 'others are left' | 'nobody is left' }
  | { type: 'found'; ops: string }
  | { type: 'answer'; errno: number }
  | { type: 'flags'; ipmodify: boolean; direct: boolean; regs: boolean }
  | { type: 'reaches'; ops: string; records: readonly number[] }
  | { type: 'detached'; mayDropRegs: boolean }
  | { type: 'ftrace_enabled'; on: boolean };

/** Stands for the call while there is none, so that nothing needs to ask. */
const none: Call = {
  request: 'register',
  ops: '',
  flags: { direct: false, ipmodify: false, regs: false },
  enabled: false,
  before: [],
  after: [],
  hidden: [],
  hiding: [],
  order: [],
  entries: [],
  spoiled: false,
  plain: false,
};
export const callOf = ({ call }: Ftrace): Call => call ?? none;
/** Between two calls. */
export const rest: Progress = {
  call: null,
  at: 0,
  asked: 0,
  errno: 0,
  tmpOps: 'none',
  agreed: [],
  directOps: null,
  ftraceDisabled: false,
};

export const without = (records: readonly number[], others: readonly number[]) =>
  records.filter((r) => !others.includes(r));

/** Records that the call's ops comes to. */
const added = (f: Ftrace) => without(callOf(f).after, callOf(f).before);
/** Records that it leaves. */
export const removed = (f: Ftrace) => without(callOf(f).before, callOf(f).after);

/** Records whose owners prepare_direct_functions_for_ipmodify() asks. */
export const toAsk = (f: Ftrace): readonly number[] =>
  callOf(f).request === 'register' ? callOf(f).order : added(f);

/** Records whose owners are told that sharing ended. */
export function toNotify(f: Ftrace): readonly number[] {
  const { request, flags, order } = callOf(f);
  const { notifiesOnUnregister, notifiesOnShrink, notifiesOnFailure } = f.features;
  if (flags.direct) return toNotifySelf(f);
  if (!flags.ipmodify) return [];
  if (request === 'unregister') return notifiesOnUnregister ? order : [];
  if (f.errno !== 0) return notifiesOnFailure ? f.agreed : [];
  return request === 'refilter' && notifiesOnShrink ? removed(f) : [];
}

/** Records for which a direct ops' own owner is told that it shares with nobody. */
function toNotifySelf({
  features: { notifiesOnRegister, askGranularity },
  errno,
  agreed,
  ...f
}: Ftrace) {
  const { request, after } = f.call ?? none;
  if (!notifiesOnRegister || request !== 'register' || errno !== 0) return [];
  if (askGranularity === 'record') return without(after, agreed);
  return agreed.length > 0 ? [] : after.slice(0, 1);
}

/** Records on which __ftrace_hash_update_ipmodify() has something to ask or to set. */
export const toCheckIpmodify = (f: Ftrace): readonly number[] => {
  const { request, flags, order, after } = callOf(f);
  if (!flags.ipmodify && !flags.direct) return [];
  if (request === 'modify') return f.features.asksOnModify ? after : [];
  if (request === 'register' && !flags.direct) return order;
  return added(f);
};

/** Records on which the ops counts before the call, and after it. */
export const countedBefore = (f: Ftrace) => without(callOf(f).before, callOf(f).hidden);
export const countedAfter = (f: Ftrace) => without(callOf(f).after, callOf(f).hiding);

/** Records that are detached, and attached again if the ops stays on them. */
export function toPatch(
  f: Ftrace,
): readonly [detached: readonly number[], attached: readonly number[]] {
  const { request, entries } = callOf(f);
  const before = countedBefore(f);
  const after = countedAfter(f);
  if (request === 'modify') {
    const stubbed = after.filter((r) => entries.some(({ record }) => record === r));
    return [stubbed, stubbed];
  }
  return request === 'renotrace' && f.features.notraceUpdate === 'the difference'
    ? [without(before, after), without(after, before)]
    : [before, after];
}

/** Records whose text may have to change, ascending. */
export const toRecount = (f: Ftrace): readonly number[] => {
  const { before, after } = callOf(f);
  return [...before, ...without(after, before)].sort((a, b) => a - b);
};

/** What an ops sets on a record; the stub of modify has no flags. */
export const flagsOnRecord = (f: Ftrace, isStub: boolean) => ({
  direct: callOf(f).flags.direct && !isStub,
  regs: callOf(f).flags.regs && !isStub,
});
