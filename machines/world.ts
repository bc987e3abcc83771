import type { Look } from '../src/model/network.js';
import type { OpsInput } from './ops.js';
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
  /** The trampoline that enabled_functions shows: an entry counts only while D is set. */
  get callee(): string | null {
    return this.direct ? this.entry : null;
  }
}

/** An ops as rules see it. */
export class OpsSeen {
  readonly name: string;
  readonly kind: Kind;
  readonly owner: OwnerKind;
  readonly #ops: Look;
  readonly #owner: Look | undefined;

  constructor(
    { name, kind, owner }: OpsInput,
    readonly switches: Switches,
    look: (component: string) => Look,
  ) {
    this.name = name;
    this.kind = kind;
    this.owner = owner;
    this.#ops = look(name);
    if (kind === 'direct' && owner !== 'absent') this.#owner = look(ownerOf(name));
  }
  get enabled(): boolean {
    return this.#ops().value === 'enabled';
  }
  get filter(): readonly number[] {
    return this.#ops().context.filter;
  }
  covers(record: number): boolean {
    return this.filter.includes(record);
  }
  /** Enabled, with this record in its filter. */
  on(record: number): boolean {
    return this.enabled && this.covers(record);
  }
  get savesRegs(): boolean {
    return this.kind !== 'tracer';
  }
  get hasIpmodifyFlag(): boolean {
    return this.kind === 'ipmodify' || (this.kind === 'direct' && this.switches.directSetsIpmodify);
  }
  get spoiled(): boolean {
    return this.#ops().context.spoiled;
  }
  get callee(): string {
    return `${this.name}.${this.#ops().context.trampoline ?? 'a'}`;
  }
  /** Whether its owner works in the way that leaves room for a changed ip. */
  get sharing(): boolean {
    return this.#owner?.().value === 'sharing';
  }
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
    this.ops = opsOf(scope).map((ops) => new OpsSeen(ops, switches, look));
    this.#ftrace = look('ftrace');
    this.#list = look('list');
  }
  get dead(): boolean {
    return this.#ftrace().value === 'dead';
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
  named(name: string): OpsSeen {
    return this.ops.find((ops) => ops.name === name)!;
  }

  /**
   * What runs when the function is called once, by the names of those that run: direct ops with
   * their trampoline, an ipmodify ops whose function body runs, tracers. In declaration order.
   */
  ran(record: RecordSeen): readonly string[] {
    const { number, site, entry } = record;
    if (site === 'nop') return [];
    const viaFtrace = site === 'call' || site === 'no entry';
    const callee = viaFtrace ? this.#calleeInList(number, entry) : site;
    return this.ops.flatMap(({ name, kind }) => {
      if (kind === 'direct') return callee?.startsWith(`${name}.`) ? [callee] : [];
      return viaFtrace && this.named(name).on(number) ? [name] : [];
    });
  }

  /** Each direct ops on the list says where to go; the last one, the oldest, has its way. */
  #calleeInList(record: number, entry: string | null): string | null {
    const order: readonly string[] = this.#list().context.order;
    const oldest = order.map((name) => this.named(name)).findLast((ops) => ops.on(record));
    if (oldest === undefined) return null;
    return this.switches.calleeFrom === 'ops' ? oldest.callee : entry;
  }
}
