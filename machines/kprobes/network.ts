import { emit } from 'xstate';
import type { Component, Message, Network, Rule, Stimulus } from '../../src/model/network.js';
import { caller } from '../caller.js';
import { callsOn } from '../calls.js';
import { inDesign } from '../design.js';
import { design } from '../designs/linux-6.0.js';
import { ftrace } from '../ftrace.js';
import { kprobes } from '../kprobes.js';
import { list } from '../list.js';
import type { OpsInput, OpsOfDesign } from '../ops/context.js';
import { ops } from '../ops.js';
import { record } from '../record.js';
import { opsOf, parseScope } from '../scopes.js';
import { slot } from '../slot.js';
import { ENOENT, slotOf } from '../words.js';
import { type Core, IPMODIFY, PLAIN, type Probe } from './words.js';
import { KprobeWorld, outcomeOf } from './world.js';

/** Who may come to the one function. */
export interface Callers {
  readonly probes: readonly Probe[];
  /** An IPMODIFY ops X, as livepatch has. */
  readonly livepatch: boolean;
}

const shared: readonly OpsInput[] = [
  { name: PLAIN, kind: 'regs', owner: 'absent' },
  { name: IPMODIFY, kind: 'ipmodify', owner: 'absent' },
];
const isShared = (name: string | undefined) => name === PLAIN || name === IPMODIFY;
const scope = parseScope('records=1,ipmodify=1');

/** What a call on a shared ops returns is for the kprobe core to hear, and not for the world. */
const returnsToCore = (errno: number): Message => ({ type: 'returns', to: 'kprobes', errno });
const sharedOps = ops.provide({
  actions: { 'say done': emit(returnsToCore(0)), 'say no entry': emit(returnsToCore(ENOENT)) },
});
const ftraceOfBoth = ftrace.provide({
  actions: {
    answer: emit(
      ({ context: { call, errno } }): Message =>
        isShared(call?.ops) ? returnsToCore(errno) : { type: 'returns', errno },
    ),
  },
});

/** The core removes a function from a filter without a look whether it is there. */
const inCore = (o: OpsInput): OpsOfDesign => ({
  ...inDesign(o, scope, design.switches),
  removesAbsent: isShared(o.name),
});

const callsOf = (probe: Probe): readonly Stimulus[] =>
  (['register kprobe', 'unregister kprobe'] as const).map((type) => ({
    says: `${type} ${probe.name}`,
    to: 'kprobes',
    message: { type, probe: { ...probe } },
  }));

/** The kprobe core above ftrace as of Linux 6.0; no direct ops is there, so that other versions do the same. */
export function kprobeNetwork(
  name: string,
  core: Core,
  { probes, livepatch }: Callers,
  rule: Rule<KprobeWorld>,
): Network<KprobeWorld> {
  const others = livepatch ? opsOf(scope) : [];
  const all = [...shared, ...others];
  const names = all.map((o) => o.name);
  const components: Component[] = [
    { name: 'caller', machine: caller, input: { ops: names, limit: names.length } },
    { name: 'kprobes', machine: kprobes, input: { ...core } },
    {
      name: 'ftrace',
      machine: ftraceOfBoth,
      input: { switches: { ...design.switches }, records: [1], ops: names },
    },
    { name: 'list', machine: list, input: { ordersAll: false } },
    { name: '1', machine: record, input: { number: 1 } },
    { name: slotOf(1), machine: slot, input: { record: 1 } },
    ...all.map((o) => ({
      name: o.name,
      machine: isShared(o.name) ? sharedOps : ops,
      input: { ...inCore(o) },
    })),
  ];
  return {
    name,
    says: 'probes on one function, and the two ops that the kprobe core has for all functions',
    components,
    stimuli: [
      ...others.flatMap((o) => callsOn(o, scope, design.switches)),
      ...probes.flatMap(callsOf),
    ],
    world: (look) => new KprobeWorld(all, look),
    ends: ({ dangling }) => dangling,
    outcome: outcomeOf,
    rules: [rule],
    scope: { records: 1, probes: probes.map((probe) => probe.name), livepatch },
    within: within(probes, livepatch),
    legend,
  };
}

const within = (probes: readonly Probe[], livepatch: boolean): string => {
  const names = probes.map(({ name }) => name).join();
  const kinds = new Set(probes.map(({ postHandler }) => postHandler));
  return [
    `one function, kprobes ${names}${livepatch ? ', IPMODIFY ops X' : ''}`,
    ...(kinds.size > 1
      ? ['no probe with a post_handler comes to a function armed without IPMODIFY']
      : []),
  ].join('; ');
};

const legend =
  'P is a kprobe without a post_handler, Q one with it, X an IPMODIFY ops, 1 a function. After each call: what it returns; then what is new about the function: (count), flags, the ops on it, and the kprobes registered.';
