import type { Flags, From, Kind, OwnerKind, Trampoline } from '../events.js';

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
  /** Filter and table of direct functions change together, record by record. */
  readonly filterIsTable: boolean;
  /** The unit that an answer of its owner covers: the whole ops, or each record by itself. */
  readonly consentPer: 'ops' | 'record';
  /** Its caller may remove a record that is not in the filter. Default: false. */
  readonly removesAbsent?: boolean;
}

export interface Ops extends OpsOfDesign {
  /** Records in the filter, ascending. */
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
}

export type OpsEvent =
  | ({ type: 'add' | 'remove' | 'modify'; records: readonly number[] } & Partial<From>)
  | { type: 'notrace'; records: readonly number[] }
  | ({ type: 'register' | 'unregister'; order: readonly number[] } & Partial<From>)
  | { type: 'unregister other' | 'plain register' | 'plain unregister' }
  | { type: 'report' | 'mark' | 'renew' | 'drop func' }
  | ({ type: 'shares?' | 'reaches?' | 'leave first' } & From)
  | { type: 'enable'; filter: readonly number[]; plain: boolean }
  | { type: 'disable'; spoiled: boolean; gone: boolean; keeps: boolean }
  | { type: 'refilter'; filter: readonly number[]; notrace: readonly number[] }
  | { type: 'retarget'; records: readonly number[] }
  | ({ type: 'covers?' | 'needs regs?' | 'sets ipmodify?'; record: number } & From)
  | ({ type: 'SELF' | 'PEER' | 'DISABLE'; record: number } & From);

/** Records of the filter that no notrace entry excludes. */
export const reached = ({ filter, notrace }: Ops): readonly number[] =>
  filter.filter((record) => !notrace.includes(record));

/** A direct ops has its flags from the first register_ftrace_direct() on. */
export const hasFlags = ({ kind, misuse, known }: Ops): boolean =>
  kind !== 'direct' || !misuse || known;

const other = (trampoline: Trampoline | null): Trampoline => (trampoline === 'b' ? 'a' : 'b');
const trampolineOn = ({ filterIsTable, onSecond, trampoline }: Ops, record: number): Trampoline =>
  filterIsTable ? (onSecond.includes(record) ? 'b' : 'a') : (trampoline ?? 'a');

/** The filter after an add or a remove. */
export const changed = ({ filter }: Ops, event: OpsEvent): readonly number[] => {
  if (event.type === 'add') return [...filter, ...event.records].sort((a, b) => a - b);
  if (event.type === 'remove') return filter.filter((record) => !event.records.includes(record));
  return filter;
};

/** The trampolines in force after modify. */
export const retargeted = (ops: Ops, records: readonly number[]) =>
  ops.filterIsTable
    ? {
        onSecond: [
          ...ops.onSecond.filter((r) => !records.includes(r)),
          ...records.filter((r) => !ops.onSecond.includes(r)),
        ].sort((a, b) => a - b),
      }
    : { trampoline: other(ops.trampoline) };

/** Entries of the table of direct functions, with the trampoline in force or with the other one. */
export const directEntriesOf = (
  ops: Ops,
  records: readonly number[],
  which: 'in force' | 'other',
) =>
  records.map((record) => {
    const now = trampolineOn(ops, record);
    return { record, callee: `${ops.name}.${which === 'other' ? other(now) : now}` };
  });
