export type Kind = 'tracer' | 'regs' | 'ipmodify' | 'direct';
export type OwnerKind =
  | 'absent'
  | 'willing'
  | 'refusing'
  | 'bpf'
  | 'positive'
  | 'moving'
  | 'scripted'
  | 'trying'
  | 'locking';

/** Whether owners of this kind hold a lock over each call of their own, and need it in a callback. */
export const hasLock = (owner: OwnerKind): boolean => owner === 'trying' || owner === 'locking';
/** FTRACE_OPS_CMD_{ENABLE_SHARE_IPMODIFY_SELF, ENABLE_SHARE_IPMODIFY_PEER, DISABLE_SHARE_IPMODIFY_PEER} */
export type Command = 'SELF' | 'PEER' | 'DISABLE';
/** One answer of an owner to a command. */
export type Answer = {
  readonly errno: number;
  /** The call on its own ops that the owner makes before it answers. */
  readonly does?:
    | { readonly type: 'own add' | 'own remove'; readonly records: readonly number[] }
    | { readonly type: 'modify'; readonly records: readonly [] };
};
/** A direct ops has two trampolines, so that modify has one to switch to. */
export type Trampoline = 'a' | 'b';

export const ENOENT = -2;
export const E2BIG = -7;
export const EAGAIN = -11;
export const ENOMEM = -12;
export const EBUSY = -16;
export const EEXIST = -17;
export const ENODEV = -19;
export const EINVAL = -22;
export const EOPNOTSUPP = -95;

const ERRNO: Readonly<Record<number, string>> = {
  0: '0',
  [ENOENT]: '-ENOENT',
  [E2BIG]: '-E2BIG',
  [EAGAIN]: '-EAGAIN',
  [ENOMEM]: '-ENOMEM',
  [EBUSY]: '-EBUSY',
  [EEXIST]: '-EEXIST',
  [ENODEV]: '-ENODEV',
  [EINVAL]: '-EINVAL',
  [EOPNOTSUPP]: '-EOPNOTSUPP',
};
export const errnoName = (errno: number): string => ERRNO[errno] ?? String(errno);

/** A record of a direct ops, and the trampoline that is to be called there. */
export interface Entry {
  readonly record: number;
  readonly callee: string;
}

/** FTRACE_OPS_FL_{DIRECT,IPMODIFY,SAVE_REGS} */
export type Flags = {
  readonly direct: boolean;
  readonly ipmodify: boolean;
  readonly regs: boolean;
};

/** The component that asks a question or makes a call, to which the reply goes. */
export interface From {
  readonly from: string;
}

/** The address of a reply; none for a call from outside, whose reply goes outside. */
export const replyTo = (event: object): { readonly to?: string } =>
  'from' in event ? { to: event.from as string } : {};

/** A call, as its ops sends it to ftrace. */
export interface Call extends Partial<From> {
  readonly request:
    | 'register'
    | 'unregister'
    | 'refilter'
    | 'renotrace'
    | 'modify'
    | 'module coming';
  readonly ops: string;
  readonly flags: Flags;
  readonly enabled: boolean;
  /** Records in the filter before the call and, if it succeeds, after it; ascending. A record can be in it twice. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Records that a notrace entry excludes, before and after the call. */
  readonly hidden: readonly number[];
  readonly hiding: readonly number[];
  /** The filter in hash order, which is the order of the callbacks to owners. */
  readonly order: readonly number[];
  /** Entries of the table of direct functions that the call inserts, sets or deletes. */
  readonly entries: readonly Entry[];
  /** func and trampoline of the ops are still set, after a failed register or a plain unregister. */
  readonly spoiled: boolean;
  /** The call is register_ftrace_function() or unregister_ftrace_function(), not the variant for direct ops. */
  readonly plain: boolean;
  /** Set if the call is update_ftrace_direct_add(), _del() or _mod(): it covers `entries`, with a trampoline for each. */
  readonly table?: 'add' | 'del' | 'mod';
  /** The ops has FTRACE_OPS_FL_INITIALIZED; looked at only if it is direct. */
  readonly initialized: boolean;
  /** The pointer to the hash of its filter is not NULL; looked at only if it is IPMODIFY. */
  readonly hasHash: boolean;
  /** The ops has FTRACE_OPS_FL_PERMANENT. Default: false. */
  readonly permanent?: boolean;
  /** The components whose lock the caller holds during the call. Default: none. */
  readonly holds?: readonly string[];
}

/** All events that a call emits to the outside. */
export type OutputEvent =
  | { type: 'returns'; errno: number }
  /** The call of one of several callers waits for a lock before its next segment. */
  | { type: 'stopped'; at: string }
  /** The call waits for a lock that a call holds which waits for a lock of this one. */
  | { type: 'blocked'; at: string }
  | { type: 'callback'; ops: string; command: Command; errno: number; record?: number }
  | { type: 'searches'; record: number; ops: number }
  | { type: 'WARN' }
  | { type: 'DEAD' };

/** Component name of the lock that calls about direct ops hold. */
export const DIRECT_MUTEX = 'direct_mutex';

/** Component name of a record's entry in the table of direct functions. */
export const directEntryOf = (record: number | string): string => `${record}.slot`;
/** Component name of the owner of an ops or, with `record`, of the owner for that one record. */
export const ownerOf = (ops: string, record?: number): string =>
  record === undefined ? `${ops}.owner` : `${ops}.owner.${record}`;
