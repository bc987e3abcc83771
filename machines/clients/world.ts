import type { Select, Selector } from '../../src/model/network.js';
import { reached } from '../ops/context.js';
import { RecordView } from '../world.js';
import { type Bpf, type Image, programsOf } from './bpf.js';
import type { Aggregate, Kprobes } from './kprobes.js';
import type { Livepatch } from './livepatch.js';
import { type ClientScope, FUNCTIONS, probesOf } from './scopes.js';
import {
  type Client,
  type ClientOps,
  FOPS,
  IPMODIFY,
  klpOps,
  PLAIN,
  type Probe,
  type Program,
  SAMPLE_OPS,
  type SharedOps,
  TRACER_OPS,
} from './types.js';

export type Body = 'original' | 'patched' | 'overridden';

/** The effects of one call of a function. */
export interface Ran {
  readonly body: Body;
  /** Programs and probes that were hit, in the order in which outcomes name them; a name occurs once for each hit. */
  readonly hits: readonly string[];
}

/** Selectors of one ops of a client. */
class OpsOn {
  readonly on: readonly Selector<boolean>[];
  readonly hollow: Selector<boolean>;

  constructor(
    readonly ops: ClientOps,
    records: readonly number[],
    look: Select,
  ) {
    this.on = [0, ...records].map((record) =>
      look(
        ops.name,
        ({ value, context }) => value === 'enabled' && reached(context).includes(record),
      ),
    );
    this.hollow = look(ops.name, ({ context }) => context.hollow);
  }
}

/** The view of an administrator: two functions, the clients attached to them, and the effects of calls of them. */
export class ClientWorld {
  readonly records: readonly RecordView[];
  readonly #ops: readonly OpsOn[];
  /** Names of all probes, in the order in which outcomes name them. */
  readonly #probes: readonly string[];
  readonly #dead: Selector<boolean>;
  readonly #order: Selector<readonly string[]>;
  readonly #image: Selector<Image | null>;
  readonly #patched: Selector<readonly number[]>;
  readonly #aggregates: Selector<readonly Aggregate[]>;
  readonly #dangling: Selector<Probe | null>;
  readonly #traces: Selector<boolean>;
  readonly #sampled: Selector<boolean>;

  constructor(
    readonly scope: ClientScope,
    all: readonly ClientOps[],
    look: Select,
  ) {
    this.#probes = probesOf(scope).map(({ name }) => name);
    const has = (client: Client) => all.some((ops) => ops.client === client);
    const seen = <V>(client: Client, none: V, read: (context: never, value: unknown) => V) =>
      has(client)
        ? look(client, ({ context, value }) => read(context as never, value))
        : () => none;
    this.records = FUNCTIONS.map((number) => new RecordView(number, look));
    this.#ops = all.map((ops) => new OpsOn(ops, FUNCTIONS, look));
    this.#dead = look('ftrace', ({ value }) => value === 'dead');
    this.#order = look('list', ({ context }) => context.order);
    this.#image = seen('bpf', null, ({ image }: Bpf) => image);
    this.#patched = seen('livepatch', [], ({ patched }: Livepatch) => patched);
    this.#aggregates = seen('kprobes', [], ({ aggregates }: Kprobes) => aggregates);
    this.#dangling = seen('kprobes', null, ({ probe }: Kprobes, value) =>
      value === 'dangling' ? probe : null,
    );
    this.#traces = seen('tracer', false, (_, value) => value === 'on');
    this.#sampled = seen('sample', false, (_, value) => value === 'in');
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
  /** The probe that was unregistered but is still called; its memory may be freed. */
  get dangling(): Probe | null {
    return this.#dangling();
  }
  /** The story ends here: no rule makes a claim about later states. */
  get over(): boolean {
    return this.dead || this.dangling !== null;
  }
  get sampled(): boolean {
    return this.#sampled();
  }
  get programs(): readonly Program[] {
    return programsOf(this.#image());
  }
  patched(record: number): boolean {
    return this.#patched().includes(record);
  }
  /** Probes that were registered and not unregistered. */
  registered(record: number): readonly Probe[] {
    const gone = this.dangling?.name;
    return this.#probesOn(record).filter(({ name }) => name !== gone);
  }

  /** The ops with which the core armed the probes of a function. */
  armedWith(record: number): SharedOps | null {
    return this.#aggregate(record)?.armedWith ?? null;
  }

  /** The clients that are attached to a function and that each call of it hits, in the order of outcomes. */
  attached(record: number): readonly string[] {
    const registered = this.registered(record);
    return [
      ...(record === 1 ? this.programs : []),
      ...this.#named(registered),
      ...(this.#traces() ? ['tracer'] : []),
      ...(record === 1 && this.sampled ? ['sample'] : []),
    ];
  }
  /** Number of functions that the livepatch patches. */
  get patches(): number {
    return this.#ops.filter(({ ops }) => ops.client === 'livepatch').length;
  }
  /** Whether no client is attached to the function, and it is not patched. */
  free(record: number): boolean {
    return this.attached(record).length === 0 && !this.patched(record);
  }

  /** The client of the trampoline that enabled_functions names after `direct-->`. */
  callee({ callee }: RecordView): 'bpf' | 'sample' | null {
    return callee === null ? null : callee.startsWith(`${FOPS}.`) ? 'bpf' : 'sample';
  }

  /** The effects of one call of the function. */
  ran(record: RecordView): Ran {
    const { site, number } = record;
    if (site === 'nop') return { body: 'original', hits: [] };
    const viaFtrace = site === 'call' || site === 'no entry';
    const called = viaFtrace ? this.#called(number) : [];
    const probed = this.#hitProbes(number);
    const probes = called.filter((name) => name === PLAIN || name === IPMODIFY);
    const direct = viaFtrace ? this.#directOn(number, record.entry) : site;
    const image = direct?.startsWith(`${FOPS}.`) ? this.#image() : null;
    const ip = this.#ip(number, called, probed);
    return {
      body: image?.fexit && !image.origStack ? 'original' : ip,
      hits: [
        ...(image?.fentry ? ['fentry'] : []),
        ...(image?.fexit ? ['fexit'] : []),
        ...this.#named(probed).flatMap((name) => probes.map(() => name)),
        ...(called.includes(TRACER_OPS) ? ['tracer'] : []),
        ...(direct?.startsWith(`${SAMPLE_OPS}.`) ? ['sample'] : []),
      ],
    };
  }

  /** Names in the order of the scope. */
  #named(probes: readonly Probe[]): readonly string[] {
    return this.#probes.filter((name) => probes.some((probe) => probe.name === name));
  }

  #probesOn(record: number): readonly Probe[] {
    return this.#aggregate(record)?.probes ?? [];
  }

  #aggregate(record: number): Aggregate | undefined {
    return this.#aggregates().find((a) => a.record === record);
  }

  /** Ops that the list function calls on a function, newest first where their order matters. */
  #called(record: number): readonly string[] {
    const on = this.#ops.filter((o) => o.on[record]!()).map(({ ops }) => ops.name);
    const order = this.#order();
    return on.sort((a, b) => order.indexOf(a) - order.indexOf(b));
  }

  #directOn(record: number, entry: string | null): string | null {
    return this.#ops.some(({ ops, on }) => ops.kind === 'direct' && on[record]!()) ? entry : null;
  }

  /** aggr_pre_handler() calls the newest probe first, and stops after one that changed the ip. */
  #hitProbes(record: number): readonly Probe[] {
    const probes = this.#probesOn(record);
    const changes = probes.findIndex(({ override }) => override);
    return changes < 0 ? probes : probes.slice(0, changes + 1);
  }

  /** Of the ops that change the ip, the last one called decides; it is the oldest on the list. */
  #ip(record: number, called: readonly string[], probed: readonly Probe[]): Body {
    const overrides = probed.some(({ override }) => override);
    const last = called.findLast(
      (name) => name === klpOps(record) || (overrides && (name === PLAIN || name === IPMODIFY)),
    );
    return last === undefined ? 'original' : last === klpOps(record) ? 'patched' : 'overridden';
  }
}
