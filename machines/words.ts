export type Kind = 'tracer' | 'regs' | 'ipmodify' | 'direct';
export type OwnerKind = 'absent' | 'willing' | 'refusing' | 'bpf';
/** FTRACE_OPS_CMD_{ENABLE_SHARE_IPMODIFY_SELF, ENABLE_SHARE_IPMODIFY_PEER, DISABLE_SHARE_IPMODIFY_PEER} */
export type Command = 'SELF' | 'PEER' | 'DISABLE';
/** A direct ops has two trampolines, so that modify has somewhere to go. */
export type Trampoline = 'a' | 'b';

export const EAGAIN = -11;
export const EBUSY = -16;
export const ENODEV = -19;
export const EINVAL = -22;

const ERRNO: Readonly<Record<number, string>> = {
  0: '0',
  [EAGAIN]: '-EAGAIN',
  [EBUSY]: '-EBUSY',
  [ENODEV]: '-ENODEV',
  [EINVAL]: '-EINVAL',
};
export const errnoName = (errno: number): string => ERRNO[errno] ?? String(errno);

/** What a call is about, told to ftrace by the ops it was made on. */
export interface Call {
  readonly request: 'register' | 'unregister' | 'refilter' | 'modify';
  readonly ops: string;
  readonly kind: Kind;
  /** The records that the ops is on before the call and, if it succeeds, after it; ascending. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** The filter in the order of its hash: the order in which owners are asked. */
  readonly order: readonly number[];
  /** Of a direct ops: the trampoline in force, and the one that modify brings. */
  readonly callee: string;
  readonly wanted: string;
  /** func and trampoline are still set from a register that failed. */
  readonly spoiled: boolean;
}

/** Everything that is said to the world during a call. */
export type WorldWord =
  | { type: 'returns'; errno: number }
  | { type: 'callback'; ops: string; command: Command; errno: number }
  | { type: 'searches'; record: number }
  | { type: 'WARN' }
  | { type: 'DEAD' };

export const slotOf = (record: number | string): string => `${record}.slot`;
export const ownerOf = (ops: string): string => `${ops}.owner`;
