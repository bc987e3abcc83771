import type { Selector } from '../../../src/model/network.js';
import {
  type ClientView,
  defineClient,
  FUNCTIONS,
  type FunctionCall,
  NO_FLAGS,
  type Numbers,
  onAndOff,
} from '../client.js';
import {
  type Aggregate,
  IPMODIFY,
  type Kprobes,
  kprobes as machine,
  PLAIN,
  type Probe,
  type SharedOps,
} from './machine.js';
import { reproducer } from './reproducer.js';

type Key = 'kprobe' | 'post' | 'override' | 'elsewhere';

const probe = (name: string, kind: Partial<Probe> = {}): Probe => ({
  name,
  record: 1,
  postHandler: false,
  override: false,
  ...kind,
});

/** The kprobes of a scope: P, P2 plain, Q, Q2 with a post_handler, O changes the ip, R on function 2. */
const probesOf = ({ kprobe, post, override, elsewhere }: Numbers<Key>): readonly Probe[] => [
  ...['P', 'P2'].slice(0, kprobe).map((name) => probe(name)),
  ...['Q', 'Q2'].slice(0, post).map((name) => probe(name, { postHandler: true })),
  ...['O'].slice(0, override).map((name) => probe(name, { postHandler: true, override: true })),
  ...['R'].slice(0, elsewhere).map((name) => probe(name, { record: 2, postHandler: true })),
];

export interface KprobesView extends ClientView {
  /** The probe that was unregistered but is still called; its memory may be freed. */
  readonly dangling: Probe | null;
  /** Probes that were registered and not unregistered. */
  registered(record: number): readonly Probe[];
  /** The ops with which the core armed the probes of a function. */
  armedWith(record: number): SharedOps | null;
}

export const kprobes = defineClient<Key, KprobesView>({
  name: 'kprobes',
  description: 'kprobes of a module, armed by the kprobe core',
  scope: {
    kprobe: { most: 2, legend: () => 'P (and P2) are kprobes on 1 without a post_handler.' },
    post: { most: 2, legend: () => 'Q (and Q2) are kprobes on 1 with a post_handler.' },
    override: {
      most: 1,
      legend: () => 'O is a kprobe on 1 with a post_handler that changes the ip.',
    },
    elsewhere: { most: 1, legend: () => 'R is a kprobe on 2 with a post_handler.' },
  },
  machine,
  input: ({ override }, { alwaysIpmodify, clearsPostHandler }) => ({
    functions: [...FUNCTIONS],
    alwaysIpmodify,
    clearsPostHandler,
    ordered: override > 0,
  }),
  actions: (scope) =>
    probesOf(scope).flatMap((one) =>
      onAndOff('register kprobe', 'unregister kprobe', one.name, { probe: { ...one } }),
    ),
  ops: () => [
    { name: PLAIN, kind: 'regs', owner: 'absent', flags: { ...NO_FLAGS, regs: true } },
    {
      name: IPMODIFY,
      kind: 'ipmodify',
      owner: 'absent',
      flags: { ...NO_FLAGS, ipmodify: true, regs: true },
    },
  ],
  view(select, scope) {
    const none: Selector<never[]> = () => [];
    const aggregates: Selector<readonly Aggregate[]> =
      select?.('kprobes', ({ context }) => (context as Kprobes).aggregates) ?? none;
    const dangling: Selector<Probe | null> =
      select?.('kprobes', ({ value, context }) =>
        value === 'dangling' ? (context as Kprobes).probe : null,
      ) ?? (() => null);
    const names = probesOf(scope).map(({ name }) => name);
    const aggregate = (record: number) => aggregates().find((a) => a.record === record);
    const probesOn = (record: number) => aggregate(record)?.probes ?? [];
    const inOrder = (some: readonly Probe[]) =>
      names.filter((name) => some.some((one) => one.name === name));
    const registered = (record: number) => {
      const gone = dangling()?.name;
      return probesOn(record).filter(({ name }) => name !== gone);
    };
    /** aggr_pre_handler() calls the newest probe first, and stops after one that changed the ip. */
    const called = (record: number): readonly Probe[] => {
      const probes = probesOn(record);
      const changes = probes.findIndex(({ override }) => override);
      return changes < 0 ? probes : probes.slice(0, changes + 1);
    };
    const isShared = (ops: string) => ops === PLAIN || ops === IPMODIFY;
    return {
      get dangling() {
        return dangling();
      },
      get over() {
        return dangling() !== null;
      },
      registered,
      armedWith: (record) => aggregate(record)?.armedWith ?? null,
      attached: (record) => inOrder(registered(record)),
      hits({ record, called: ops }: FunctionCall) {
        const arming = ops.filter(isShared);
        return inOrder(called(record)).flatMap((name) => arming.map(() => name));
      },
      bodySetBy: (ops, { record }) =>
        isShared(ops) && called(record).some(({ override }) => override) ? 'overridden' : undefined,
    };
  },
  reproducer,
});
