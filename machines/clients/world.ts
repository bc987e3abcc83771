import type { Select, Selector } from '../../src/model/network.js';
import { reached } from '../ops/context.js';
import { RecordView } from '../world.js';
import {
  type Body,
  type Client,
  type ClientOps,
  type ClientView,
  type FunctionCall,
  functionsIn,
  type KernelEnd,
} from './client.js';
import { type ClientScope, clients } from './clients.js';

/** The effects of one call of a function. */
export interface Ran {
  readonly body: Body;
  /** Programs and probes that were hit, in the order in which outcomes name them; a name occurs once for each hit. */
  readonly hits: readonly string[];
}

/** An ops, and the client that it belongs to. */
export interface OpsOfClient {
  readonly ops: ClientOps;
  readonly client: string;
}

/** Selectors of one ops of a client. */
class OpsSelectors {
  readonly on: readonly Selector<boolean>[];
  readonly hollow: Selector<boolean>;

  constructor(
    readonly one: OpsOfClient,
    records: readonly number[],
    select: Select,
  ) {
    const { name } = one.ops;
    this.on = Array.from({ length: Math.max(...records) + 1 }, (_, record) =>
      select(
        name,
        ({ value, context }) => value === 'enabled' && reached(context).includes(record),
      ),
    );
    this.hollow = select(name, ({ context }) => context.hollow);
  }
}

/** The view of an administrator: two functions, the clients attached to them, and the effects of calls of them. */
export class ClientWorld {
  readonly #all: readonly RecordView[];
  readonly #ops: readonly OpsSelectors[];
  readonly #dead: Selector<boolean>;
  readonly #off: Selector<boolean>;
  readonly #staysOn: Selector<boolean>;
  readonly #order: Selector<readonly string[]>;
  /** Views of all clients by client name, in the order of the names. Outcomes name hits in this order. */
  readonly #hasCalled: readonly (() => boolean)[];
  readonly #views: ReadonlyMap<string, ClientView>;

  constructor(
    readonly scope: ClientScope,
    all: readonly OpsOfClient[],
    select: Select,
  ) {
    const isIn = new Set(
      clients.filter((client) => client.actions(scope).length > 0).map(({ name }) => name),
    );
    const views = clients.map(
      (client) =>
        [client.name, client.view(isIn.has(client.name) ? select : undefined, scope)] as const,
    );
    this.#views = new Map(views.sort(([a], [b]) => (a < b ? -1 : 1)));
    this.#hasCalled = [...this.#views.values()].flatMap(({ hasCalled }) => hasCalled ?? []);
    const records = functionsIn(scope);
    this.#all = records.map((number) => new RecordView(number, select));
    this.#ops = all.map((one) => new OpsSelectors(one, records, select));
    this.#dead = select('ftrace', ({ value }) => value === 'dead');
    this.#off = select('ftrace', ({ context }) => context.sysctlOff);
    this.#staysOn = select('ftrace', ({ context }) => context.features.refusesSysctlOff);
    this.#order = select('list', ({ context }) => context.order);
  }

  /** The records of all functions that are there, in the order of their numbers. */
  get records(): readonly RecordView[] {
    return this.#all.filter(({ state }) => state !== 'absent');
  }
  /** The record of a function; undefined for one of a module that is not loaded. */
  record(number: number): RecordView | undefined {
    return this.records.find((record) => record.number === number);
  }
  has(number: number): boolean {
    return this.record(number) !== undefined;
  }

  /** Whether the last action called the functions. */
  get hasCalled(): boolean {
    return this.#hasCalled.every((hasCalled) => hasCalled());
  }

  /** The view of one client. */
  of<View extends ClientView>({ name }: Client<never, View>): View {
    return this.#views.get(name) as View;
  }

  /** ftrace is dead, or dies as soon as a function is called, because an ops to be called there has no func. */
  get dead(): boolean {
    return (
      this.#dead() ||
      this.#ops.some(({ hollow, on }) =>
        hollow() ? this.records.some((r) => r.site === 'call' && on[r.number]!()) : false,
      )
    );
  }
  /** ftrace is dead, by itself or by the last call of a function. */
  get killed(): boolean {
    return this.#dead() || (this.hasCalled && this.dead);
  }
  /** ftrace_enabled is 0, so no function entry calls anything. */
  get off(): boolean {
    return this.#off();
  }
  /** The kernel refuses to set ftrace_enabled to 0. */
  get staysOn(): boolean {
    return this.#staysOn();
  }
  /** The end of the kernel: an oops in an action, or at the next call of a function that calls freed memory. */
  get end(): KernelEnd | undefined {
    if (this.#endInAction !== undefined) return this.#endInAction;
    const shown = this.records.filter(({ site }) => site !== 'nop');
    return shown.map((record) => this.#freedCall(record)).find((end) => end !== undefined);
  }
  /**
   * The story ends here: no rule makes a claim about later states. A function with freed memory at its entry ends it even
   * while ftrace is off and nothing calls that.
   */
  get over(): boolean {
    return (
      this.killed ||
      this.#endInAction !== undefined ||
      (this.hasCalled && this.records.some((record) => this.#freedCall(record) !== undefined)) ||
      [...this.#views.values()].some((view) => view.over === true)
    );
  }
  /** The kernel is dead, or ended, by the last action and its calls of the functions. */
  get ended(): KernelEnd | 'DEAD' | undefined {
    const end = this.hasCalled ? this.end : this.#endInAction;
    return end ?? (this.killed ? 'DEAD' : undefined);
  }
  get #endInAction(): KernelEnd | undefined {
    return [...this.#views.values()].find(({ end }) => end !== undefined)?.end;
  }
  #freedCall({ number, site }: RecordView): KernelEnd | undefined {
    const callsWhileOff = this.off && site === 'call';
    return [...this.#views.values()]
      .map((view) => view.freedCall?.(number, callsWhileOff))
      .find((end) => end !== undefined);
  }

  /** Facts about clients themselves, as outcomes name them. */
  get notes(): readonly string[] {
    return [...this.#views.values()].flatMap(({ notes = [] }) => notes);
  }

  /** Names of the programs and probes on a function, each of which each call of it should hit once. */
  attached(record: number): readonly string[] {
    return [...this.#views.values()].flatMap((view) => view.attached(record));
  }
  /** Whether no client is attached to the function or changes it. */
  free(record: number): boolean {
    const views = [...this.#views.values()];
    return views.every(
      (view) => view.attached(record).length === 0 && view.changes?.(record) !== true,
    );
  }

  /** The client of the trampoline that enabled_functions names after `direct-->`. */
  callee(record: RecordView): string | null {
    return this.#direct(record)?.client ?? null;
  }

  /** The trampoline of the function as outcomes name it. */
  trampoline(record: RecordView): string {
    const direct = this.#direct(record);
    if (direct === undefined) return '-';
    const jumps = this.#views.get(direct.client)?.jumps?.(record.number);
    return `${direct.ops.trampoline ?? direct.client}${jumps ? '(jmp)' : ''}`;
  }

  /** The ops of the function's trampoline. */
  #direct({ callee }: RecordView): OpsOfClient | undefined {
    return this.#ops.find(({ one }) => callee?.startsWith(`${one.ops.name}.`))?.one;
  }

  /** The effects of one call of the function. */
  ran({ site, number, entry }: RecordView): Ran {
    const viaFtrace = site === 'call' || site === 'no entry';
    const trampoline = site === 'nop' ? null : site;
    const call: FunctionCall = {
      record: number,
      called: viaFtrace ? this.#called(number) : [],
      trampoline: viaFtrace ? this.#directOn(number, entry) : trampoline,
    };
    const views = [...this.#views.values()];
    const body = views.reduce<Body>(
      (ip, view) => view.bodyRun?.(ip, call) ?? ip,
      this.#bodySet(call, views),
    );
    return { body, hits: views.flatMap((view) => view.hits(call, body)) };
  }

  /** Of the ops that set the ip, the last one called decides; it is the oldest on the list. */
  #bodySet(call: FunctionCall, views: readonly ClientView[]): Body {
    for (const ops of [...call.called].reverse())
      for (const view of views) {
        const body = view.bodySetBy?.(ops, call);
        if (body !== undefined) return body;
      }
    return 'original';
  }

  /** Ops that the list function calls on a function, newest first where their order matters. */
  #called(record: number): readonly string[] {
    // While ftrace_enabled is 0, a function keeps the calls with which its module was loaded.
    const on = this.#ops
      .filter(({ on, one: { ops } }) => on[record]!() && (!this.off || ops.coversLater === true))
      .map(({ one }) => one.ops.name);
    const order = this.#order();
    return on.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  }

  #directOn(record: number, entry: string | null): string | null {
    return this.#ops.some(({ one, on }) => one.ops.kind === 'direct' && on[record]!())
      ? entry
      : null;
  }
}
