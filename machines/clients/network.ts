import { assign, emit } from 'xstate';
import type { Network, Rule, Stimulus } from '../../src/model/network.js';
import type { Design } from '../design.js';
import { directEntry } from '../directEntry.js';
import { directEntryOf } from '../events.js';
import { ftrace } from '../ftrace.js';
import { isTable, type OpsOfDesign } from '../ops/context.js';
import { ops } from '../ops.js';
import { opsList } from '../opsList.js';
import { moduleRecord, record } from '../record.js';
import { type Client, type ClientView, functionsIn, MODULE_FUNCTION } from './client.js';
import { type ClientScope, clients } from './clients.js';
import { legend } from './glossary.js';
import type { KernelFixes } from './kernelFixes.js';
import { clientsOf } from './name.js';
import { breakClassOf, outcomeOf, reportOf } from './outcome.js';
import { clientScopeText } from './scopes.js';
import { ClientWorld, type OpsOfClient } from './world.js';

/** An ops machine whose owner is its client. */
const opsOf = (client: string) =>
  ops.provide({
    actions: {
      'ask owner': emit(({ context, event }) => ({
        type: event.type,
        to: client,
        from: 'from' in event ? event.from! : '',
        ops: context.name,
        record: 'record' in event ? event.record : 0,
      })),
      // This network does not count ops in use, and the client that made the call knows its result.
      'say empty': assign({}),
      'tell owners': assign({}),
      'rebuild trampolines': assign({}),
      'settle trampolines': assign({}),
    },
  });

const inDesign = ({ ops: one, client }: OpsOfClient, design: Design): OpsOfDesign => ({
  ...one,
  knowsMarks: false,
  marked: false,
  edits: false,
  misuse: false,
  isTable: isTable(one, design.features),
  attributes: false,
  keepsFlags: design.features.directFlags === 'added',
  consentPer: design.features.askGranularity,
  removesAbsent: client === 'kprobes',
  addsTwice: client === 'bpf',
});

/** The clients of ftrace in a kernel version, above the calls of a design: two functions, and the scope's clients. */
export function clientNetwork(
  design: Design,
  version: KernelFixes,
  scope: ClientScope,
  rules: readonly Rule<ClientWorld>[],
): Network<ClientWorld> {
  const present = clients.filter((client) => client.actions(scope).length > 0);
  const stimuli: readonly Stimulus[] = present.flatMap((client) =>
    client.actions(scope).map((action) => ({
      to: client.name,
      ...action,
      ...(scope.call > 0 &&
        client.name !== 'call' && { also: [{ type: 'other action', to: 'call' }] }),
    })),
  );
  const all: readonly OpsOfClient[] = present.flatMap((client) =>
    client.ops(scope, version).map((one) => ({ ops: one, client: client.name })),
  );
  const names = all.map(({ ops: { name } }) => name);
  const ordersAll = scope.override > 0;
  const records = functionsIn(scope);
  return {
    name: clientsOf(design.name),
    description: `BPF, livepatch, kprobes and others above the calls of ${design.name}`,
    components: [
      ...(present as readonly Client<never, ClientView>[]).flatMap(({ name, machine, input }) =>
        machine ? [{ name, machine, ...(input && { input: input(scope, version) }) }] : [],
      ),
      {
        name: 'ftrace',
        machine: ftrace,
        input: {
          name: 'ftrace',
          others: [],
          ownersLock: false,
          features: { ...design.features },
          records,
          ops: names,
        },
      },
      { name: 'list', machine: opsList, input: { ordersAll } },
      ...records.flatMap((number) => [
        {
          name: String(number),
          machine: number === MODULE_FUNCTION ? moduleRecord : record,
          input: { number },
        },
        { name: directEntryOf(number), machine: directEntry, input: { record: number } },
      ]),
      ...all.map((one) => ({
        name: one.ops.name,
        machine: opsOf(one.client),
        input: { ...inDesign(one, design) },
      })),
    ],
    stimuli,
    world: (select) => new ClientWorld(scope, all, select),
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
