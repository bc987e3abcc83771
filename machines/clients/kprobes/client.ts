import type { Selector } from '../../../src/model/network.js';
import {
  type Action,
  type ClientView,
  defineClient,
  FUNCTIONS,
  type FunctionCall,
  MODULE_FUNCTION,
  NO_FLAGS,
  type Numbers,
  onAndOff,
} from '../client.js';
import { type Kprobes, kprobes as machine } from './machine.js';
import {
  type Aggregate,
  IPMODIFY,
  isEnabled,
  noProbes,
  PLAIN,
  type Probe,
  type SharedOps,
} from './probe.js';
import { reproducer } from './reproducer.js';

type Key =
  | 'kprobe'
  | 'post'
  | 'override'
  | 'elsewhere'
  | 'event'
  | 'kretprobe'
  | 'toggle'
  | 'kprobe3'
  | 'post3'
  | 'event3';

const probe = (name: string, kind: Partial<Probe> = {}): Probe => ({
  name,
  record: 1,
  postHandler: false,
  override: false,
  event: false,
  kretprobe: false,
  ...kind,
});

const one = (name: string, number: number) => [name].slice(0, number);

/** The kprobes of a scope, in the order in which outcomes name them. */
const probesOf = (scope: Numbers<Key>): readonly Probe[] => [
  ...one('E', scope.event).map((name) => probe(name, { event: true })),
  ...one('F', scope.event3).map((name) => probe(name, { record: MODULE_FUNCTION, event: true })),
  ...['P', 'P2'].slice(0, scope.kprobe).map((name) => probe(name)),
  ...['Q', 'Q2'].slice(0, scope.post).map((name) => probe(name, { postHandler: true })),
  ...one('O', scope.override).map((name) => probe(name, { postHandler: true, override: true })),
  ...one('R', scope.elsewhere).map((name) => probe(name, { record: 2, postHandler: true })),
  ...one('S', scope.kprobe3).map((name) => probe(name, { record: MODULE_FUNCTION })),
  ...one('T', scope.post3).map((name) =>
    probe(name, { record: MODULE_FUNCTION, postHandler: true }),
  ),
  ...one('K', scope.kretprobe).map((name) => probe(name, { kretprobe: true })),
];

/** The actions on a probe. A tracefs event makes the same calls as a module, in four steps. */
function actionsOn(one: Probe, { toggle }: Numbers<Key>): readonly Action[] {
  const { name, event, kretprobe, postHandler, record } = one;
  const made = { probe: { ...one } };
  const called = (words: string, type: string) => ({
    description: `${words} ${name}`,
    message: { type, ...made },
  });
  if (event)
    return [
      called('register event', 'register kprobe'),
      called('enable event', 'enable kprobe'),
      called('disable event', 'disable kprobe'),
      called('remove event', 'unregister kprobe'),
    ];
  if (kretprobe)
    return [
      called('register kretprobe', 'register kprobe'),
      called('unregister kretprobe', 'unregister kprobe'),
    ];
  return [
    ...onAndOff('register kprobe', 'unregister kprobe', name, made),
    ...(toggle > 0 && postHandler && record === 1
      ? onAndOff('enable kprobe', 'disable kprobe', name, made)
      : []),
  ];
}

export interface KprobesView extends ClientView {
  /** Probes that are registered and enabled, as far as their callers know. */
  registered(record: number): readonly Probe[];
  /** Whether tracefs has the event enabled, though its function may be absent. */
  isEnabledEvent(probe: Probe): boolean;
  /** The ops with which the core armed the probes of a function. */
  armedWith(record: number): SharedOps | null;
  /** Whether the core would arm the function with the IPMODIFY ops if the probe was enabled now. */
  wouldArmWithIpmodify(record: number, probe: Probe): boolean;
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
    event: {
      most: 1,
      legend: () => 'E is a kprobe event of tracefs on 1: registered disabled, then enabled.',
    },
    kretprobe: { most: 1, legend: () => 'K is a kretprobe on 1.' },
    toggle: {
      most: 1,
      legend: () => 'enable_kprobe() and disable_kprobe() are steps of Q (and Q2).',
    },
    kprobe3: { most: 1, legend: () => 'S is a kprobe on 3 without a post_handler.' },
    post3: { most: 1, legend: () => 'T is a kprobe on 3 with a post_handler.' },
    event3: {
      most: 1,
      legend: () =>
        'F is a kprobe event of tracefs on 3, which may be registered before the module is loaded.',
    },
  },
  machine,
  input: (scope, { alwaysIpmodify, clearsPostHandler, losesArmErrors }) => ({
    functions: [...new Set([...FUNCTIONS, ...probesOf(scope).map(({ record }) => record)])],
    absent: probesOf(scope).some(({ record }) => record === MODULE_FUNCTION)
      ? [MODULE_FUNCTION]
      : [],
    alwaysIpmodify,
    clearsPostHandler,
    losesArmErrors,
    ordered: scope.override > 0,
  }),
  actions: (scope) => probesOf(scope).flatMap((one) => actionsOn(one, scope)),
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
    const lost: Selector<readonly Probe[]> =
      select?.('kprobes', ({ context }) => (context as Kprobes).lost) ?? none;
    /** The kernel could not disarm the function of this order. */
    const stuck: Selector<Kprobes['order']> =
      select?.('kprobes', ({ value, context }) =>
        value === 'not disarmed' ? (context as Kprobes).order : null,
      ) ?? (() => null);
    const names = probesOf(scope).map(({ name }) => name);
    const aggregate = (record: number): Aggregate =>
      aggregates().find((a) => a.record === record) ?? { record, ...noProbes };
    const enabledOn = (record: number): readonly Probe[] => {
      const all = aggregate(record);
      return all.armedWith === null ? [] : all.probes.filter((one) => isEnabled(all, one));
    };
    const inOrder = (some: readonly Probe[]) =>
      names.filter((name) => some.some((one) => one.name === name));
    const registered = (record: number) => {
      const order = stuck();
      const isGone = order?.type === 'unregister kprobe' || order?.probe.event;
      return enabledOn(record).filter(({ name }) => !isGone || name !== order?.probe.name);
    };
    /** unregister_kretprobes() frees the return hooks even if the function could not be disarmed. */
    const isFreed = ({ kretprobe, name }: Probe) =>
      kretprobe && stuck()?.type === 'unregister kprobe' && stuck()?.probe.name === name;
    /** aggr_pre_handler() calls the newest probe first, and stops after one that changed the ip. */
    const called = (record: number): readonly Probe[] => {
      const probes = enabledOn(record);
      const changes = probes.findIndex(({ override }) => override);
      return (changes < 0 ? probes : probes.slice(0, changes + 1)).filter((one) => !isFreed(one));
    };
    const isShared = (ops: string) => ops === PLAIN || ops === IPMODIFY;
    return {
      get over() {
        return stuck() !== null;
      },
      registered,
      isEnabledEvent({ record, name }) {
        const { probes, disabled } = aggregate(record);
        return probes.some((one) => one.event && one.name === name) && !disabled.includes(name);
      },
      armedWith: (record) => aggregate(record).armedWith,
      wouldArmWithIpmodify(record, { postHandler }) {
        const all = aggregate(record);
        return all.armedWith === null && (postHandler || all.postHandler);
      },
      attached: (record) =>
        inOrder([...registered(record), ...lost().filter((one) => one.record === record)]),
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
