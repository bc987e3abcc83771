import type { Switches } from '../switches.js';
import type { Call, Kind } from '../words.js';

/** Which design, and whom to ask. */
export interface FtraceInput {
  readonly switches: Switches;
  /** Names of all ops, in the order in which they are asked whether they need regs. */
  readonly ops: readonly string[];
}

/** The call in progress and how far it is; between two calls it is always at rest. */
export interface Ftrace extends FtraceInput {
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

/** What ops, records, slots, the list and owners say to ftrace. */
export type Word =
  | ({ type: 'request' } & Call)
  | { type: 'taken' | 'free' | 'none' | 'patched' | 'bug' | 'needs regs' | 'needs none' }
  | { type: 'found'; ops: string }
  | { type: 'answer'; errno: number }
  | { type: 'flags'; ipmodify: boolean; direct: boolean }
  | { type: 'detached'; mayDropRegs: boolean };

/** Stands for the call while there is none, so that nothing needs to ask. */
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
export const callOf = ({ call }: Ftrace): Call => call ?? none;
/** The context between two calls. */
export const rest = { call: null, at: 0, asked: 0, errno: 0, stub: 'none', killed: false } as const;

export const without = (records: readonly number[], others: readonly number[]) =>
  records.filter((r) => !others.includes(r));
/** Records on which __ftrace_hash_update_ipmodify() has something to ask or to set. */
export const claims = (ftrace: Ftrace): readonly number[] => {
  const { request, kind, before, after } = callOf(ftrace);
  if (kind !== 'ipmodify' && kind !== 'direct') return [];
  if (request === 'modify') return ftrace.switches.modifyAsks ? after : [];
  return without(after, before);
};
/** Whether the call's ops sets IPMODIFY on its records. */
export const setsIpmodify = (ftrace: Ftrace): boolean => {
  const { kind } = callOf(ftrace);
  return kind === 'ipmodify' || (kind === 'direct' && ftrace.switches.directSetsIpmodify);
};
/** Records that the call's ops leaves, keeps or comes to, ascending. */
export const touched = (ftrace: Ftrace): readonly number[] => {
  const { before, after } = callOf(ftrace);
  return [...before, ...without(after, before)].sort((a, b) => a - b);
};
/** What an ops sets on a record; the stub of modify has no flags. */
export const flagsOf = (kind: Kind, isStub: boolean) => ({
  direct: kind === 'direct' && !isStub,
  regs: kind !== 'tracer' && !isStub,
});
