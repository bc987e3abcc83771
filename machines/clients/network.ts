import { assign, emit } from 'xstate';
import type { Component, Message, Network, Rule, Stimulus } from '../../src/model/network.js';
import type { Design } from '../design.js';
import { directEntry } from '../directEntry.js';
import { directEntryOf, ENOENT } from '../events.js';
import { callOf, type Ftrace } from '../ftrace/call.js';
import { ftrace } from '../ftrace.js';
import type { OpsOfDesign } from '../ops/context.js';
import { ops } from '../ops.js';
import { opsList } from '../opsList.js';
import { record } from '../record.js';
import { bpf } from './bpf.js';
import { legend } from './glossary.js';
import type { KernelFixes } from './kernelFixes.js';
import { kprobes } from './kprobes.js';
import { livepatch } from './livepatch.js';
import { breakClassOf, outcomeOf, reportOf } from './outcome.js';
import { sample } from './sample.js';
import { type ClientScope, clientScopeText, FUNCTIONS, patchedBy, probesOf } from './scopes.js';
import { tracer } from './tracer.js';
import { type Client, type ClientOps, clientsOf, opsOfClients } from './types.js';
import { ClientWorld } from './world.js';

const returnsTo = (to: Client, errno: number): Message => ({ type: 'returns', to, errno });

/** An ops machine that sends the return values of calls to its client, not to the outside. */
const opsOf = (client: Client) =>
  ops.provide({
    actions: {
      'say done': emit(returnsTo(client, 0)),
      'say no entry': emit(returnsTo(client, ENOENT)),
      'ask owner': emit(({ event: { type } }) => ({ type, to: client })),
      // This network does not count ops in use, and the client that made the call knows that the ops is detached.
      'say empty': assign({}),
      'tell owners': assign({}),
    },
  });

const ftraceOf = (all: readonly ClientOps[]) => {
  const answer = (context: Ftrace): Message => {
    const { client } = all.find(({ name }) => name === callOf(context).ops)!;
    return returnsTo(client, context.errno);
  };
  return ftrace.provide({
    actions: {
      answer: emit(({ context }) => answer(context)),
      'answer inside': emit(({ context }) => answer(context)),
    },
  });
};

const inDesign = (
  { name, kind, owner, flags, client }: ClientOps,
  design: Design,
): OpsOfDesign => ({
  name,
  kind,
  owner,
  flags,
  knowsMarks: false,
  marked: false,
  edits: false,
  misuse: false,
  filterIsTable: design.features.directHashApi,
  consentPer: design.features.askGranularity,
  removesAbsent: client === 'kprobes',
});

const stimulus = (description: string, to: Client, message: Message): Stimulus => ({
  description,
  to,
  message,
});
const both = (to: Client, on: string, off: string, what: string, more = {}): Stimulus[] =>
  [on, off].map((type) => stimulus(`${type} ${what}`, to, { type, ...more }));

/** The actions of an administrator; the guest takes the same descriptions. */
const actions = (scope: ClientScope): readonly Stimulus[] => [
  ...(['fentry', 'fexit'] as const).flatMap((program) =>
    scope[program] > 0 ? both('bpf', 'attach', 'detach', program, { program }) : [],
  ),
  ...(scope.livepatch > 0 ? both('livepatch', 'enable', 'disable', 'livepatch') : []),
  ...probesOf(scope).flatMap((probe) =>
    both('kprobes', 'register kprobe', 'unregister kprobe', probe.name, { probe: { ...probe } }),
  ),
  ...(scope.tracer > 0 ? both('tracer', 'start', 'stop', 'tracer') : []),
  ...(scope.sample > 0 ? both('sample', 'load', 'unload', 'sample') : []),
];

/** The clients of ftrace in a kernel version, above the calls of a design: two functions, and the scope's clients. */
export function clientNetwork(
  design: Design,
  version: KernelFixes,
  scope: ClientScope,
  rules: readonly Rule<ClientWorld>[],
): Network<ClientWorld> {
  const stimuli = actions(scope);
  const has = (client: Client) => stimuli.some(({ to }) => to === client);
  const all = opsOfClients(patchedBy(scope)).filter(({ client }) => has(client));
  const names = all.map(({ name }) => name);
  const ordersAll = scope.override > 0;
  const { dropsFunc, alwaysIpmodify, clearsPostHandler } = version;
  const clients: readonly (Component & { readonly name: Client })[] = [
    { name: 'bpf', machine: bpf, input: { dropsFunc } },
    { name: 'livepatch', machine: livepatch, input: { functions: patchedBy(scope) } },
    {
      name: 'kprobes',
      machine: kprobes,
      input: {
        functions: FUNCTIONS,
        alwaysIpmodify,
        clearsPostHandler,
        ordered: ordersAll,
      },
    },
    { name: 'tracer', machine: tracer, input: { functions: FUNCTIONS } },
    { name: 'sample', machine: sample },
  ];
  return {
    name: clientsOf(design.name),
    description: `BPF, livepatch, kprobes and others above the calls of ${design.name}`,
    components: [
      ...clients.filter(({ name }) => has(name)),
      {
        name: 'ftrace',
        machine: ftraceOf(all),
        input: { features: { ...design.features }, records: FUNCTIONS, ops: names },
      },
      { name: 'list', machine: opsList, input: { ordersAll } },
      ...FUNCTIONS.flatMap((number) => [
        { name: String(number), machine: record, input: { number } },
        { name: directEntryOf(number), machine: directEntry, input: { record: number } },
      ]),
      ...all.map((o) => ({
        name: o.name,
        machine: opsOf(o.client),
        input: { ...inDesign(o, design) },
      })),
    ],
    stimuli,
    world: (look) => new ClientWorld(scope, all, look),
    isTerminal: ({ over }) => over,
    outcome: outcomeOf,
    outcomeData: reportOf,
    breakClass: breakClassOf,
    rules,
    scope: { ...scope },
    scopeText: `clients ${clientScopeText(scope)}`,
    glossary: legend(scope),
  };
}
