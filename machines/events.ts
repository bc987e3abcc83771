export type Kind = 'tracer' | 'regs' | 'ipmodify' | 'direct';
export type OwnerKind = 'absent' | 'willing' | 'refusing' | 'bpf' | 'positive' | 'moving';
/** FTRACE_OPS_CMD_{ENABLE_SHARE_IPMODIFY_SELF, ENABLE_SHARE_IPMODIFY_PEER, DISABLE_SHARE_IPMODIFY_PEER} */
export type Command = 'SELF' | 'PEER' | 'DISABLE';
/** A direct ops has two trampolines, so that modify has somewhere to go. */
export type Trampoline = 'a' | 'b';

export const ENOENT = -2;
export const EAGAIN = -11;
export const EBUSY = -16;
export const ENODEV = -19;
export const EINVAL = -22;

const ERRNO: Readonly<Record<number, string>> = {
  0: '0',
  [ENOENT]: '-ENOENT',
  [EAGAIN]: '-EAGAIN',
  [EBUSY]: '-EBUSY',
  [ENODEV]: '-ENODEV',
  [EINVAL]: '-EINVAL',
};
export const errnoName = (errno: number): string => ERRNO[errno] ?? String(errno);

/** FTRACE_OPS_FL_{DIRECT,IPMODIFY,SAVE_REGS} */
export type Flags = {
  readonly direct: boolean;
  readonly ipmodify: boolean;
  readonly regs: boolean;
};

/** What a call is about, told to ftrace by the ops it was made on. */
export interface Call {
  readonly request: 'register' | 'unregister' | 'refilter' | 'renotrace' | 'modify';
  readonly ops: string;
  readonly flags: Flags;
  readonly enabled: boolean;
  /** The records in the filter before the call and, if it succeeds, after it; ascending. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** The records among them that a notrace entry hides, before and after. */
  readonly hidden: readonly number[];
  readonly hiding: readonly number[];
  /** The filter in the order of its hash: the order in which owners are asked. */
  readonly order: readonly number[];
  /** What the call does to the table of direct functions: the entries that it inserts, sets or deletes. */
  readonly entries: readonly { readonly record: number; readonly callee: string }[];
  /** func and trampoline are still set from a register that failed, or from a plain unregister. */
  readonly spoiled: boolean;
  /** register_ftrace_function() or unregister_ftrace_function() is called, and not what is for direct ops. */
  readonly plain: boolean;
}

/** Everything that is said to the world during a call. */
export type OutputEvent =
  | { type: 'returns'; errno: number }
  | { type: 'callback'; ops: string; command: Command; errno: number; record?: number }
  | { type: 'searches'; record: number; ops: number }
  | { type: 'WARN' }
  | { type: 'DEAD' };

export const directEntryOf = (record: number | string): string => `${record}.slot`;
/** The owner of an ops, or the one who answers for one record of it. */
export const ownerOf = (ops: string, record?: number): string =>
  record === undefined ? `${ops}.owner` : `${ops}.owner.${record}`;
