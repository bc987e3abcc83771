import type { Call, From } from '../events.js';
import type { Features } from '../features.js';

/** The features of the design, and the components that ftrace addresses. */
export interface FtraceInput {
  /** The name of this component. */
  readonly name: string;
  /** The components that execute the calls of other callers. With one or more, calls stop between their segments. */
  readonly others: readonly string[];
  readonly features: Features;
  readonly records: readonly number[];
  /** Names of all ops, in the order in which ftrace queries whether they need regs. */
  readonly ops: readonly string[];
  /** Some owners have a lock, so that what they answer can change between two questions of one call. */
  readonly ownersLock: boolean;
}

/** The progress of the current call. Between two calls it always equals `rest`. */
export interface Progress {
  readonly call: Call | null;
  /** Position of the current walk: an index into the records walked. */
  readonly at: number;
  /** Position of the inner walk: an index into all ops, or into the records of `directOps`. */
  readonly asked: number;
  readonly errno: number;
  /** The stub ops of modify, which occupies the functions while the address changes. */
  readonly tmpOps: 'none' | 'on' | 'off';
  /** Records for which an owner agreed in this call. */
  readonly agreed: readonly number[];
  /** The direct ops whose owner may be sent DISABLE, with its records. */
  readonly directOps: { readonly ops: string; readonly records: readonly number[] } | null;
  /** ftrace_kill() was called in this call. */
  readonly ftraceDisabled: boolean;
}

export interface Ftrace extends FtraceInput, Progress {
  /** The outer call, while an owner makes a call during its callback. */
  readonly suspendedCall: Progress | null;
  /** ftrace_enabled is 0: no function entry calls anything. */
  readonly sysctlOff: boolean;
}

/** Events for ftrace from ops, records, direct entries, the list and owners. */
export type FtraceEvent =
  | ({ type: 'request' } & Call)
  | { type: 'taken' | 'free' | 'none' | 'patched' | 'bug' | 'needs regs' | 'needs none' }
  | { type: 'this trampoline' | 'other trampoline' }
  | { type: 'PERMANENT' | 'none PERMANENT' }
  | { type: 'mine' | 'not mine' | 'others are left' | 'nobody is left' }
  | { type: 'found'; ops: string }
  | { type: 'answer'; errno: number }
  | { type: 'waits for lock'; ops: string }
  | { type: 'flags'; ipmodify: boolean; direct: boolean; regs: boolean }
  | { type: 'reaches'; ops: string; records: readonly number[] }
  | { type: 'detached'; mayDropRegs: boolean }
  | { type: 'ftrace_enabled' | 'ftrace_enabled is'; on: boolean }
  | { type: 'begin' | 'go on' | 'settle' | 'stop' }
  | { type: 'is elsewhere'; ops: string }
  | ({ type: 'module coming' | 'module going'; records: readonly number[] } & From)
  | { type: 'references'; regs: boolean }
  | { type: 'references none' };

/** Placeholder while there is no call, so that no guard needs a null check. */
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
  initialized: true,
  hasHash: true,
};
export const callOf = ({ call }: Ftrace): Call => call ?? none;
/** ftrace_module_enable() as a call: the records of the module are those after it. */
export const comingOf = (event: FtraceEvent): Call =>
  event.type === 'module coming' || event.type === 'module going'
    ? { ...none, request: 'module coming', after: event.records, from: event.from }
    : none;
/** The progress between two calls. */
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

const unique = (records: readonly number[]): readonly number[] => [...new Set(records)];

/** Records that the call adds to its ops. */
const added = (f: Ftrace) => unique(without(callOf(f).after, callOf(f).before));
/** Records that the call removes from its ops. */
export const removed = (f: Ftrace) => without(callOf(f).before, callOf(f).after);

/** Records whose owners are sent PEER by prepare_direct_functions_for_ipmodify(). */
export const toAsk = (f: Ftrace): readonly number[] =>
  callOf(f).request === 'register' ? callOf(f).order : added(f);

/** Records whose owners are sent DISABLE because sharing ended. */
export function toNotify(f: Ftrace): readonly number[] {
  const { request, flags, order } = callOf(f);
  const { notifiesOnUnregister, notifiesOnShrink, notifiesOnFailure } = f.features;
  if (flags.direct) return toNotifySelf(f);
  if (!flags.ipmodify) return [];
  if (request === 'unregister') return notifiesOnUnregister ? order : [];
  if (f.errno !== 0) return notifiesOnFailure ? f.agreed : [];
  return request === 'refilter' && notifiesOnShrink ? removed(f) : [];
}

/** Records for which the own owner of a direct ops is sent DISABLE because no other ops shares them. */
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

/** Records on which __ftrace_hash_update_ipmodify() may send a command or set a flag. */
export const toCheckIpmodify = (f: Ftrace): readonly number[] => {
  const { request, flags, order, after } = callOf(f);
  if (!flags.ipmodify && !flags.direct) return [];
  if (request === 'modify') return f.features.asksOnModify ? unique(after) : [];
  if (request === 'register' && !flags.direct) return order;
  return added(f);
};

/** Records whose count includes the ops before the call, and after it. */
const countedBefore = (f: Ftrace) => unique(without(callOf(f).before, callOf(f).hidden));
const countedAfter = (f: Ftrace) => unique(without(callOf(f).after, callOf(f).hiding));

/** Records of the stub ops of a modify: the set of update_ftrace_direct_mod(), else those of the ops itself. */
const stubbed = (f: Ftrace) =>
  callOf(f).table ? unique(callOf(f).entries.map(({ record }) => record)) : countedAfter(f);

/** Records to detach, and records to attach. A record on which the ops stays is in both, or in neither. */
export function toPatch(
  f: Ftrace,
): readonly [detached: readonly number[], attached: readonly number[]] {
  const { request } = callOf(f);
  if (request === 'modify') return [stubbed(f), stubbed(f)];
  const before = countedBefore(f);
  const after = countedAfter(f);
  return request === 'renotrace' && f.features.notraceUpdate === 'the difference'
    ? [without(before, after), without(after, before)]
    : [before, after];
}

/** Records whose text may need a change, ascending. */
export const toRecount = (f: Ftrace): readonly number[] => {
  const { request, before, after } = callOf(f);
  if (request === 'modify') return stubbed(f);
  return unique([...before, ...after]).toSorted((a, b) => a - b);
};

/** The flags that the ops of the call sets on a record. The stub of modify has no flags. */
export const flagsOnRecord = (f: Ftrace, isStub: boolean) => ({
  direct: callOf(f).flags.direct && !isStub,
  regs: callOf(f).flags.regs && !isStub,
});
