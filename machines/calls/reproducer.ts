import type { Message } from '../../src/model/network.js';
import type { OpsInput } from '../ops/context.js';

/** The parts of a call in a story, as `register`, X and the records 2,1. */
export interface MadeCall {
  readonly type: string;
  /** Undefined for a call on ftrace itself. */
  readonly ops: OpsInput | undefined;
  /** The records that it names, in the order of the filter's hash if that is part of the call. */
  readonly records: readonly number[];
  readonly message: Message;
}

/** The state of a reproducer's module between two calls. */
export interface ModuleState {
  /** Direct ops that are on their second trampoline. */
  readonly onSecond: Set<string>;
  /** Direct ops whose register_ftrace_function() succeeded. */
  readonly plain: Set<string>;
  /** ftrace_enabled is 1. */
  ftraceEnabled: boolean;
}

/** The trampoline of a direct ops that is in force, or the other one, as an address in C. */
export const trampolineOf = (name: string, { onSecond }: ModuleState, other = false): string =>
  `IP(${name}_${onSecond.has(name) === other ? 'a' : 'b'})`;

/** How reproducers make a call: a kernel module in C, and a shell in tracefs. Both take the call's message type. */
export interface CallReproducer {
  /** A C expression, whose value is the return value of the call. */
  c(made: MadeCall & { readonly ops: OpsInput }, state: ModuleState): string;
  /** Notes that the call succeeded. */
  note?(made: MadeCall & { readonly ops: OpsInput }, state: ModuleState): void;
  /** A C function that `c` calls. `skip` is the C term that is added to the number of a record's function. */
  helper?(skip: string): string;
  /** The reason why a shell cannot make the call; undefined if it can. */
  notInShell?(made: MadeCall): string | undefined;
  /** Shell commands in tracefs. `isLive`: the ops is registered. Only for ops of the kinds tracer and regs. */
  shell?(made: MadeCall & { readonly ops: OpsInput }, isLive: boolean): readonly string[];
}

/** The folder of a tracer's ops in tracefs, and a kprobe's event in it, for the ops that all kprobes share. */
export const instance = ({ name }: OpsInput): string => `instances/${name}`;
export const shellFunction = (record: number): string => `$function_${record}`;
export const kprobeEvent = ({ name }: OpsInput, record: number): string => `${name}_${record}`;
export const enableKprobe = (ops: OpsInput, record: number, value: 0 | 1): string =>
  `echo ${value} > ${instance(ops)}/events/kprobes/${kprobeEvent(ops, record)}/enable`;
