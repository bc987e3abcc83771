import type { Look } from '../src/model/network.js';
import { type OpsInput, reached } from './ops/context.js';
import { opsOf, recordsOf, type Scope } from './scopes.js';
import type { Switches } from './switches.js';
import { type Kind, type OwnerKind, ownerOf, slotOf } from './words.js';

/** A record as rules see it. All getters read the present state. */
export class RecordSeen {
  readonly #record: Look;
  readonly #slot: Look;

  constructor(
    readonly number: number,
    look: (component: string) => Look,
  ) {
    this.#record = look(String(number));
    this.#slot = look(slotOf(number));
  }
  /** free, direct, ipmodify or direct+ipmodify */
  get state(): string {
    return this.#record().value as string;
  }
  get count(): number {
    return this.#record().context.count;
  }
  get regs(): boolean {
    return this.#record().context.regs;
  }
  get direct(): boolean {
    return this.state.startsWith('direct');
  }
  get ipmodify(): boolean {
    return this.state.endsWith('ipmodify');
  }
  /** What the text does: nop, call, no entry, or the trampoline it calls. */
  get site(): string {
    return this.#record().context.site;
  }
  /** The trampoline in the table of direct functions, or null. */
  get entry(): string | null {
    return this.#slot().context.callee;
  }
  /** Whether enabled_functions shows it: while something is called there. */
  get shown(): boolean {
    return this.site !== 'nop';
  }
  /** The trampoline that enabled_functions shows: an entry counts only while D is set. */
  get callee(): string | null {
    return this.shown && this.direct ? this.entry : null;
  }
}

/** For which records an owner answers, and whether it works in the way that leaves room for a changed ip. */
export interface Consent {
  readonly records: readonly number[];
  readonly sharing: boolean;
}

/** An ops as rules see it. */
export class OpsSeen {
  readonly name: string;
  readonly kind: Kind;
  readonly owner: OwnerKind;
  readonly #ops: Look;
  /** The owner of the whole ops, or one for each record. */
  readonly #owners: readonly Look[];

  constructor(
    { name, kind, owner }: OpsInput,
    readonly switches: Switches,
    records: readonly number[],
    look: (component: string) => Look,
  ) {
    this.name = name;
    this.kind = kind;
    this.owner = owner;
    this.#ops = look(name);
    this.#owners = ownersOf({ name, kind, owner }, switches, records).map(look);
  }
  get enabled(): boolean {
    return this.#ops().value === 'enabled';
  }
  get filter(): readonly number[] {
    return this.#ops().context.filter;
  }
  /** Records of the filter that no notrace entry hides. */
  get reached(): readonly number[] {
    return reached(this.#ops().context);
  }
  /** Enabled, with this record in its filter, and not hidden. */
  on(record: number): boolean {
    return this.enabled && this.reached.includes(record);
  }
  get savesRegs(): boolean {
    return this.kind !== 'tracer';
  }
  get hasIpmodifyFlag(): boolean {
    return this.#ops().context.flags.ipmodify;
  }
  get spoiled(): boolean {
    return this.#ops().context.spoiled;
  }
  /** Enabled without a func. */
  get hollow(): boolean {
    return this.#ops().context.hollow;
  }
  /** Of a direct ops with one trampoline: which it is. */
  get callee(): string {
    return `${this.name}.${this.#ops().context.trampoline ?? 'a'}`;
  }
  /** Of a direct ops with an owner: for all its records, or for each of them. */
  get consents(): readonly Consent[] {
    const { filter } = this;
    const sharing = this.#owners.map((owner) => owner().value === 'sharing');
    return this.switches.consentPer === 'ops'
      ? sharing.map((shares) => ({ records: filter, sharing: shares }))
      : filter.flatMap((r) =>
          sharing.slice(r - 1, r).map((shares) => ({ records: [r], sharing: shares })),
        );
  }
}

/** The names of those who answer for an ops. */
export function ownersOf(
  { name, kind, owner }: OpsInput,
  { consentPer }: Switches,
  records: readonly number[],
): readonly string[] {
  if (kind !== 'direct' || owner === 'absent') return [];
  return consentPer === 'ops' ? [ownerOf(name)] : records.map((record) => ownerOf(name, record));
}

/** Everything rules and stories can see: the records, the ops with their owners, and ftrace itself. */
export class World {
  readonly records: readonly RecordSeen[];
  readonly ops: readonly OpsSeen[];
  readonly #ftrace: Look;
  readonly #list: Look;

  constructor(
    scope: Scope,
    readonly switches: Switches,
    look: (component: string) => Look,
  ) {
    this.records = recordsOf(scope).map((number) => new RecordSeen(number, look));
    this.ops = opsOf(scope).map((ops) => new OpsSeen(ops, switches, recordsOf(scope), look));
    this.#ftrace = look('ftrace');
    this.#list = look('list');
  }
  get dead(): boolean {
    return this.#ftrace().value === 'dead';
  }
  /** Nothing is called: ftrace_enabled is 0. */
  get off(): boolean {
    return this.#ftrace().context.off;
  }
  /** A call of some function would jump to a func that is NULL: the ops is alone there, and called without a look. */
  get oops(): boolean {
    return this.records.some((r) => this.#meetsNull(r) && r.count === 1);
  }
  /** A call of some function would come to a func that is NULL, and see it: FTRACE_WARN_ON() in the list function. */
  get diesWhenCalled(): boolean {
    return this.records.some((r) => this.#meetsNull(r) && r.count > 1);
  }
  /** Nothing that comes after it says anything. */
  get over(): boolean {
    return this.dead || this.records.some((r) => this.#meetsNull(r));
  }
  record(number: number): RecordSeen {
    return this.records[number - 1]!;
  }
  /** Whether an IPMODIFY ops is enabled on the record, whatever the flag says. */
  hasIpmodify(record: number): boolean {
    return this.ops.some((o) => o.kind === 'ipmodify' && o.on(record));
  }
  hasDirect(record: number): boolean {
    return this.ops.some((o) => o.kind === 'direct' && o.on(record));
  }
  /** The ops of that name; none for what is said to ftrace itself. */
  named(name: string): OpsSeen | undefined {
    return this.ops.find((ops) => ops.name === name);
  }

  /**
   * What runs when the function is called once, by the names of those that run: direct ops with
   * their trampoline, an ipmodify ops whose function body runs, tracers. In declaration order.
   */
  ran(record: RecordSeen): readonly string[] {
    const { number, site, entry } = record;
    if (site === 'nop') return [];
    if (!goesViaFtrace(record)) return [site];
    const { ops, stopped } = this.#calledInList(number);
    const callee = this.#calleeInList(ops, entry);
    return this.ops.flatMap((o) => {
      if (o.kind === 'direct') return callee?.startsWith(`${o.name}.`) ? [callee] : [];
      return (stopped ? ops.includes(o) : o.on(number)) ? [o.name] : [];
    });
  }

  #meetsNull(record: RecordSeen): boolean {
    return goesViaFtrace(record) && this.ops.some((o) => o.hollow && o.on(record.number));
  }

  /** The ops on a record whose order is kept, newest first, up to one without a func. */
  #calledInList(record: number): { readonly ops: readonly OpsSeen[]; readonly stopped: boolean } {
    const order: readonly string[] = this.#list().context.order;
    const ops = order.map((name) => this.named(name)!).filter((o) => o.on(record));
    const hollow = ops.findIndex((o) => o.hollow);
    return { ops: hollow < 0 ? ops : ops.slice(0, hollow), stopped: hollow >= 0 };
  }

  /** Each direct ops on the list says where to go; the last one, the oldest, has its way. */
  #calleeInList(called: readonly OpsSeen[], entry: string | null): string | null {
    const oldest = called.findLast((o) => o.kind === 'direct');
    const { calleeFrom } = this.switches;
    if (oldest === undefined || calleeFrom === 'nobody') return null;
    return calleeFrom === 'ops' ? oldest.callee : entry;
  }
}

const goesViaFtrace = ({ site }: RecordSeen) => site === 'call' || site === 'no entry';
