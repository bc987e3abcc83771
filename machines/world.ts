import type { Rule, Select, Selector, Step } from '../src/model/network.js';
import { directEntryOf, type Kind, type OwnerKind, ownerOf } from './events.js';
import type { Features } from './features.js';
import { attributesOf, isTable, type OpsInput, reached } from './ops/context.js';
import { executorsOf, opsOf, recordsOf, type Scope } from './scopes.js';

/** A record as rules see it. All getters read the present state. */
export class RecordView {
  readonly #state: Selector<string>;
  readonly #count: Selector<number>;
  readonly #regs: Selector<boolean>;
  readonly #site: Selector<string>;
  readonly #entry: Selector<string | null>;

  constructor(
    readonly number: number,
    look: Select,
  ) {
    const record = String(number);
    this.#state = look(record, ({ value }) => value as string);
    this.#count = look(record, ({ context }) => context.count);
    this.#regs = look(record, ({ context }) => context.regs);
    this.#site = look(record, ({ context }) => context.site);
    this.#entry = look(directEntryOf(number), ({ context }) => context.callees[0] ?? null);
  }
  /** free, direct, ipmodify or direct+ipmodify */
  get state(): string {
    return this.#state();
  }
  get count(): number {
    return this.#count();
  }
  get regs(): boolean {
    return this.#regs();
  }
  get direct(): boolean {
    return this.state.startsWith('direct');
  }
  get ipmodify(): boolean {
    return this.state.endsWith('ipmodify');
  }
  /** The text at the function's entry: nop, call, no entry, or the trampoline that it calls. */
  get site(): string {
    return this.#site();
  }
  /** The trampoline in the table of direct functions, or null. */
  get entry(): string | null {
    return this.#entry();
  }
  /** Whether enabled_functions lists the record, which it does while the entry calls something. */
  get shown(): boolean {
    return this.site !== 'nop';
  }
  /** The trampoline that enabled_functions shows: an entry counts only while D is set. */
  get callee(): string | null {
    return this.shown && this.direct ? this.entry : null;
  }
}

/**
 * The records that the owner of an enabled ops answers for, and whether it works in the way that leaves room for a
 * changed ip.
 */
export interface Consent {
  readonly records: readonly number[];
  readonly sharing: boolean;
}

/** Whether an owner agrees to every command, on the second try at the latest, unless its script says otherwise. */
export const agrees = (owner: OwnerKind): boolean =>
  ['willing', 'bpf', 'moving', 'scripted', 'trying', 'locking'].includes(owner);

/** An ops as rules see it. */
export class OpsView {
  readonly name: string;
  readonly kind: Kind;
  readonly owner: OwnerKind;
  /** It has a trampoline for each record. */
  readonly isTable: boolean;
  readonly #enabled: Selector<boolean>;
  readonly #filter: Selector<readonly number[]>;
  /** The filter while the ops is enabled, else empty. */
  readonly #attached: Selector<readonly number[]>;
  readonly #reached: Selector<readonly number[]>;
  readonly #notrace: Selector<readonly number[]>;
  /** Indexed by record. */
  readonly #on: readonly Selector<boolean>[];
  readonly #hasIpmodifyFlag: Selector<boolean>;
  readonly #spoiled: Selector<boolean>;
  readonly #hollow: Selector<boolean>;
  readonly #attributes: Selector<readonly string[]>;
  readonly #initialized: Selector<boolean>;
  readonly #permanent: Selector<boolean>;
  readonly #trampoline: Selector<string>;
  /** Component names of the owner of the whole ops, or of one owner for each record. */
  readonly owners: readonly string[];
  readonly #sharing: readonly Selector<boolean>[];

  constructor(
    { name, kind, owner }: OpsInput,
    readonly features: Features,
    records: readonly number[],
    look: Select,
  ) {
    this.name = name;
    this.kind = kind;
    this.owner = owner;
    this.isTable = isTable({ name, kind, owner }, features);
    this.#enabled = look(name, ({ value }) => value === 'enabled');
    this.#filter = look(name, ({ context }) => context.filter);
    this.#attached = look(name, ({ value, context }) =>
      value === 'enabled' ? context.filter : [],
    );
    this.#reached = look(name, ({ context }) => reached(context));
    this.#notrace = look(name, ({ context }) => context.notrace);
    this.#on = [0, ...records].map((record) =>
      look(name, ({ value, context }) => value === 'enabled' && reached(context).includes(record)),
    );
    this.#hasIpmodifyFlag = look(name, ({ context }) => context.flags.ipmodify);
    this.#spoiled = look(name, ({ context }) => context.spoiled);
    this.#hollow = look(name, ({ context }) => context.hollow);
    this.#attributes = look(name, ({ context }) => attributesOf(context));
    this.#initialized = look(name, ({ context }) => context.initialized);
    this.#permanent = look(name, ({ context }) => context.permanent);
    this.#trampoline = look(name, ({ context }) => context.trampoline ?? 'a');
    this.owners = ownersOf({ name, kind, owner }, features, records);
    this.#sharing = this.owners.map((one) => look(one, ({ value }) => value === 'sharing'));
  }
  get enabled(): boolean {
    return this.#enabled();
  }
  get filter(): readonly number[] {
    return this.#filter();
  }
  /** The filter of an enabled ops; empty for an idle one. */
  get attached(): readonly number[] {
    return this.#attached();
  }
  /** Records of the filter that no notrace entry excludes. */
  get reached(): readonly number[] {
    return this.#reached();
  }
  /** Whether the ops is enabled, and this record is in its filter and not excluded by a notrace entry. */
  on(record: number): boolean {
    return this.#on[record]!();
  }
  /** Records with a notrace entry. */
  get notrace(): readonly number[] {
    return this.#notrace();
  }
  /**
   * Of a direct ops: whether its owner agrees to share, on the second try at the latest; undefined if it answers
   * neither 0 nor a negative errno, or by script. A design that treats a direct ops as an IPMODIFY ops sends no callback.
   */
  get canShare(): boolean | undefined {
    if (this.hasIpmodifyFlag && this.features.ipmodifyMeetsIpmodify === 'fails') return false;
    return ['positive', 'scripted'].includes(this.owner) ? undefined : agrees(this.owner);
  }
  get savesRegs(): boolean {
    return this.kind !== 'tracer';
  }
  get hasIpmodifyFlag(): boolean {
    return this.#hasIpmodifyFlag();
  }
  get spoiled(): boolean {
    return this.#spoiled();
  }
  /** The ops is enabled and its func is NULL. */
  get hollow(): boolean {
    return this.#hollow();
  }
  /** The attributes in which the ops differs from one that its caller declared, and initialized by a filter. */
  get attributes(): readonly string[] {
    return this.#attributes();
  }
  get initialized(): boolean {
    return this.#initialized();
  }
  get permanent(): boolean {
    return this.#permanent();
  }
  /** Of a direct ops with one trampoline: its name, as `W.a`. */
  get callee(): string {
    return `${this.name}.${this.#trampoline()}`;
  }
  /** Whether each of its owners is sharing. */
  get sharing(): readonly boolean[] {
    return this.#sharing.map((shares) => shares());
  }
  /** Of a direct ops with an owner: one consent for all its records, or one for each of them. */
  get consents(): readonly Consent[] {
    const records = this.#attached();
    return this.features.askGranularity === 'ops'
      ? this.#sharing.map((shares) => ({ records, sharing: shares() }))
      : records.flatMap((r) =>
          this.#sharing.slice(r - 1, r).map((shares) => ({ records: [r], sharing: shares() })),
        );
  }
}

/** Component names of the owners of an ops. */
export function ownersOf(
  { name, kind, owner }: OpsInput,
  { askGranularity }: Features,
  records: readonly number[],
): readonly string[] {
  if (kind !== 'direct' || owner === 'absent') return [];
  return askGranularity === 'ops'
    ? [ownerOf(name)]
    : records.map((record) => ownerOf(name, record));
}

/** The view of rules and stories: the records, the ops with their owners, and ftrace itself. */
export class World {
  readonly records: readonly RecordView[];
  readonly ops: readonly OpsView[];
  readonly #dead: readonly Selector<boolean>[];
  readonly #crashed: readonly Selector<boolean>[];
  readonly #atRest: readonly Selector<boolean>[];
  readonly #off: Selector<boolean>;
  readonly #order: Selector<readonly string[]>;
  /** Only callers that misuse the API enable an ops without a func. */
  readonly #mayBeHollow: boolean;

  constructor(
    readonly scope: Scope,
    readonly features: Features,
    look: Select,
  ) {
    this.records = recordsOf(scope).map((number) => new RecordView(number, look));
    this.ops = opsOf(scope).map((ops) => new OpsView(ops, features, recordsOf(scope), look));
    const executors = executorsOf(scope);
    this.#dead = executors.map((name) => look(name, ({ value }) => value === 'dead'));
    this.#crashed = executors.map((name) => look(name, ({ value }) => value === 'crashed'));
    this.#atRest = executors.map((name) => look(name, ({ value }) => value === 'rest'));
    this.#off = look(executors[0]!, ({ context }) => context.sysctlOff);
    this.#order = look('list', ({ context }) => context.order);
    this.#mayBeHollow = scope.misuse === 1;
  }
  get dead(): boolean {
    return this.#dead.some((isDead) => isDead());
  }
  /** No call is under way. */
  get quiet(): boolean {
    return this.#atRest.every((isAtRest) => isAtRest());
  }
  /** Whether this caller, from 1, has no call under way. */
  idle(caller: number): boolean {
    return this.#atRest[caller - 1]!();
  }
  /** ftrace_enabled is 0, so no function entry calls anything. */
  get off(): boolean {
    return this.#off();
  }
  /** The kernel oopsed in the last call, which does not return. */
  get crashed(): boolean {
    return this.#crashed.some((hasCrashed) => hasCrashed());
  }
  /**
   * The kernel oopsed, or a call of some function would jump to a NULL func: the ops is alone there, and is called
   * without a check.
   */
  get oops(): boolean {
    return this.crashed || this.records.some((r) => this.#meetsNull(r) && r.count === 1);
  }
  /** A call of some function would reach a NULL func and detect it: FTRACE_WARN_ON() in the list function. */
  get diesWhenCalled(): boolean {
    return this.records.some((r) => this.#meetsNull(r) && r.count > 1);
  }
  /** Later outcomes carry no information, so the story ends here. */
  get over(): boolean {
    return this.dead || this.crashed || this.records.some((r) => this.#meetsNull(r));
  }
  record(number: number): RecordView {
    return this.records[number - 1]!;
  }
  /** Whether an IPMODIFY ops is enabled on the record, regardless of the record's flag. */
  hasIpmodify(record: number): boolean {
    return this.ops.some((o) => o.kind === 'ipmodify' && o.on(record));
  }
  hasDirect(record: number): boolean {
    return this.ops.some((o) => o.kind === 'direct' && o.on(record));
  }
  /** The ops of that name; undefined for a call on ftrace itself. */
  named(name: string): OpsView | undefined {
    return this.ops.find((ops) => ops.name === name);
  }

  /**
   * The names that run in one call of the function: direct ops with their trampoline, an IPMODIFY ops whose function
   * body runs, tracers. In declaration order.
   */
  ran(record: RecordView): readonly string[] {
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

  #meetsNull(record: RecordView): boolean {
    return (
      this.#mayBeHollow &&
      goesViaFtrace(record) &&
      this.ops.some((o) => o.hollow && o.on(record.number))
    );
  }

  /** The ops on a record whose order the list keeps, newest first, up to one without a func. */
  #calledInList(record: number): { readonly ops: readonly OpsView[]; readonly stopped: boolean } {
    const ops = this.#order()
      .map((name) => this.named(name)!)
      .filter((o) => o.on(record));
    const hollow = ops.findIndex((o) => o.hollow);
    return { ops: hollow < 0 ? ops : ops.slice(0, hollow), stopped: hollow >= 0 };
  }

  /** Each direct ops on the list sets the trampoline; the last one, which is the oldest, decides. */
  #calleeInList(called: readonly OpsView[], entry: string | null): string | null {
    const oldest = called.findLast((o) => o.kind === 'direct');
    const { trampolineSource } = this.features;
    if (oldest === undefined || trampolineSource === 'nobody') return null;
    return trampolineSource === 'ops' ? oldest.callee : entry;
  }
}

const goesViaFtrace = ({ site }: RecordView) => site === 'call' || site === 'no entry';

/** A claim about each record alone, or about each ops. */
export function each<K extends 'records' | 'ops'>(
  what: K,
  holds: (world: World, one: World[K][number]) => boolean,
): Pick<Rule<World>, 'each' | 'always'> {
  return {
    each: (world) => world[what],
    always: (world, one) => holds(world, one as World[K][number]),
  };
}

/** Pairs the same items before and after a call. */
const beside = <T>(were: readonly T[], are: readonly T[]) =>
  are.map((is, i) => ({ was: were[i]!, is }));

/** Records that the call changed, themselves or their table entry, before and after it. */
export const changedRecords = ({ before, after, changed }: Step<World>) =>
  beside(before.records, after.records).filter(
    ({ is: { number } }) => changed(String(number)) || changed(directEntryOf(number)),
  );

/** Ops that the call changed, before and after it. */
export const changedOps = ({ before, after, changed }: Step<World>) =>
  beside(before.ops, after.ops).filter(({ is: { name } }) => changed(name));

/** Ops with an owner that the call changed, before and after it. */
export const changedOwners = ({ before, after, changed }: Step<World>) =>
  beside(before.ops, after.ops).filter(({ is: { owners } }) => owners.some(changed));
