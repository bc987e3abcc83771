import type { Answer, Entry, Flags, From, Kind, OwnerKind, Trampoline } from '../events.js';
import type { Features } from '../features.js';

/** The attributes that a caller sets by hand: a flag, or func and trampoline. */
export type Attribute = 'permanent' | 'ipmodify' | 'func';

/** An ops as a scope declares it. */
export interface OpsInput {
  readonly name: string;
  readonly kind: Kind;
  /** The kind of owner of a direct ops; `absent` for every other ops. */
  readonly owner: OwnerKind;
}

/** An ops as a design has it. */
export interface OpsOfDesign extends OpsInput {
  readonly flags: Flags;
  /** The design has the flag SHARE_IPMODIFY. */
  readonly knowsMarks: boolean;
  /** The ops carries SHARE_IPMODIFY; as input: from the start. */
  readonly marked: boolean;
  /** Of a direct ops: its filter also changes while it is enabled. */
  readonly edits: boolean;
  /** Its caller misuses the API: it also makes calls that no correct caller makes. */
  readonly misuse: boolean;
  /** Its caller attaches it with update_ftrace_direct_add(), _del() and _mod(), which take a trampoline per record. */
  readonly isTable: boolean;
  /** Its caller also changes its attributes: flags, func and trampoline. */
  readonly attributes: boolean;
  /** A register as a direct ops keeps the flags that its caller set (7.0), or assigns all flags anew. */
  readonly keepsFlags: boolean;
  /** The unit that an answer of its owner covers: the whole ops, or each record by itself. */
  readonly consentPer: 'ops' | 'record';
  /** The ops has FTRACE_OPS_FL_PERMANENT: it excludes ftrace_enabled = 0. As input: from the start. Default: false. */
  readonly permanent?: boolean;
  /** Its caller may remove a record that is not in the filter. Default: false. */
  readonly removesAbsent?: boolean;
  /** Its caller may add a record that the table has already. Default: false. */
  readonly addsTwice?: boolean;
}

/** Whether a direct ops has a trampoline per record: in kernels with those calls, the ops of BPF trampolines. */
export const isTable = ({ owner }: OpsInput, { directHashApi }: Features): boolean =>
  directHashApi && owner === 'bpf';

export interface Ops extends OpsOfDesign {
  /** Records in the filter, ascending. A record can be in it twice. */
  readonly filter: readonly number[];
  /** Records with a notrace entry. */
  readonly notrace: readonly number[];
  /** Of a direct ops: the trampoline in force. While idle: the one that its caller would name, null for the first. */
  readonly trampoline: Trampoline | null;
  /** Of a direct ops with misuse: the second trampoline, if its caller named that before this register. */
  readonly former: Trampoline | null;
  /** Records on their second trampoline, where each record has a trampoline of its own. */
  readonly onSecond: readonly number[];
  readonly spoiled: boolean;
  /** Of a direct ops: it was registered as a direct ops before, and so has the flags. */
  readonly known: boolean;
  /** The ops is enabled and its func is NULL. */
  readonly hollow: boolean;
  /** Of a direct ops: FTRACE_OPS_FL_INITIALIZED, that is, ftrace_ops_init() ran since its caller wrote the flags. */
  readonly initialized: boolean;
  /** Of an IPMODIFY ops: its filter was set at some time, so the pointer to the filter's hash is not NULL. */
  readonly hasHash: boolean;
  /** Of an idle direct ops: its caller set FTRACE_OPS_FL_IPMODIFY. */
  readonly presetsIpmodify: boolean;
}

/** update_ftrace_direct_add(), _del() and _mod() of a set of functions. */
export type TableCall = 'direct add' | 'direct del' | 'direct del other' | 'direct mod';

/** The component that executes a call, and those whose lock its caller holds meanwhile; set if there are several callers. */
export interface Executed {
  readonly by?: string;
  readonly holds?: readonly string[];
}

export type OpsEvent = Executed &
  (
    | ({
        type: 'add' | 'remove' | 'modify' | TableCall;
        records: readonly number[];
      } & Partial<From>)
    | { type: 'notrace'; records: readonly number[] }
    | ({ type: 'register' | 'unregister'; order: readonly number[] } & Partial<From>)
    | { type: 'unregister other' | 'plain register' | 'plain unregister' }
    | { type: 'report' | 'mark' | 'renew' | 'drop func' | 'reset' }
    | { type: 'preset'; attribute: Attribute }
    | { type: 'script'; script: readonly Answer[] }
    | ({ type: 'own add' | 'own remove'; records: readonly number[] } & From)
    | ({ type: 'shares?' | 'reaches?' | 'leave first' } & From)
    | { type: 'enable'; filter: readonly number[]; plain: boolean }
    | { type: 'disable'; spoiled: boolean; gone: boolean; keeps: boolean }
    | { type: 'refilter'; filter: readonly number[]; notrace: readonly number[] }
    | { type: 'retarget'; records: readonly number[] }
    | { type: 'table call returned'; errno: number; records: readonly number[] }
    | ({
        type: 'covers?' | 'needs regs?' | 'sets ipmodify?' | 'references?';
        record: number;
      } & From)
    | ({ type: 'SELF' | 'PEER' | 'DISABLE'; record: number } & From)
  );

/** Records of the filter that no notrace entry excludes. */
export const reached = ({ filter, notrace }: Ops): readonly number[] =>
  filter.filter((record) => !notrace.includes(record));

/** The attributes in which the ops differs from one that its caller declared, and initialized by a filter. */
export const attributesOf = (ops: Ops): readonly string[] => [
  ...(ops.initialized && ops.hasHash ? [] : ['not initialized']),
  ...(ops.permanent ? ['PERMANENT'] : []),
  ...(ops.presetsIpmodify ? ['IPMODIFY set'] : []),
  ...(ops.spoiled ? ['func still set'] : []),
  ...(ops.hollow ? ['func is NULL'] : []),
];

/** A direct ops has its flags from the first register_ftrace_direct() on. */
export const hasFlags = ({ kind, misuse, known }: Ops): boolean =>
  kind !== 'direct' || !misuse || known;

const other = (trampoline: Trampoline | null): Trampoline => (trampoline === 'b' ? 'a' : 'b');
const trampolineOn = ({ isTable, onSecond, trampoline }: Ops, record: number): Trampoline =>
  isTable ? (onSecond.includes(record) ? 'b' : 'a') : (trampoline ?? 'a');

/** The filter after a call that adds records to it or removes records from it. */
export const changed = ({ filter }: Ops, event: OpsEvent): readonly number[] => {
  switch (event.type) {
    case 'add':
    case 'own add':
    case 'direct add':
      return [...filter, ...event.records].sort((a, b) => a - b);
    case 'remove':
    case 'own remove':
    case 'direct del':
    case 'direct del other':
      return withoutEach(filter, event.records);
    default:
      return filter;
  }
};

/** Records without one occurrence of each of the others. */
export const withoutEach = (records: readonly number[], others: readonly number[]) =>
  others.reduce<readonly number[]>((left, other) => {
    const at = left.indexOf(other);
    return at < 0 ? left : left.toSpliced(at, 1);
  }, records);

/** The trampolines in force after modify. */
export const retargeted = (ops: Ops, records: readonly number[]) =>
  ops.isTable
    ? {
        onSecond: [
          ...ops.onSecond.filter((r) => !records.includes(r)),
          ...new Set(records.filter((r) => !ops.onSecond.includes(r))),
        ].sort((a, b) => a - b),
      }
    : { trampoline: other(ops.trampoline) };

/** Entries of the table of direct functions, with the trampoline in force or with the other one. */
export const directEntriesOf = (
  ops: Ops,
  records: readonly number[],
  which: 'in force' | 'other',
): readonly Entry[] =>
  records.map((record) => {
    const now = trampolineOn(ops, record);
    return { record, callee: `${ops.name}.${which === 'other' ? other(now) : now}` };
  });
