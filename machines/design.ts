import type { Component, Network, Rule, Stimulus } from '../src/model/network.js';
import { caller } from './caller.js';
import { ftrace } from './ftrace.js';
import { legend } from './legend.js';
import { list } from './list.js';
import { type OpsInput, ops } from './ops.js';
import { outcomeOf, reportOf } from './outcome.js';
import { bpf } from './owners/bpf.js';
import { refusing } from './owners/refusing.js';
import { willing } from './owners/willing.js';
import { record } from './record.js';
import { opsOf, recordsOf, type Scope, scopeText } from './scopes.js';
import { slot } from './slot.js';
import type { Switches } from './switches.js';
import { ownerOf, slotOf } from './words.js';
import { World } from './world.js';

/** One way the kernel could run the calls. */
export interface Design {
  readonly name: string;
  readonly says: string;
  /** Where it was proposed or shipped: mail, commit. */
  readonly source: string;
  readonly switches: Switches;
  /** Rules it is known to break, by the name of the scope in which it does; checked to be exactly these. */
  readonly breaks: Readonly<Record<string, readonly string[]>>;
  /** The kernel that ought to behave like this, as `replay` knows it. */
  readonly kernel?: string;
}

const owners = { willing, refusing, bpf };

/** The network of a design in a scope. */
export function networkOf(
  design: Design,
  scope: Scope,
  rules: readonly Rule<World>[],
): Network<World> {
  const { name, says, switches } = design;
  const all = opsOf(scope);
  const records = recordsOf(scope);
  const components: Component[] = [
    { name: 'caller', machine: caller, input: { ops: all.map((o) => o.name), limit: scope.inuse } },
    {
      name: 'ftrace',
      machine: ftrace,
      input: { switches: { ...switches }, ops: all.map((o) => o.name) },
    },
    { name: 'list', machine: list },
    ...records.flatMap((number) => [
      { name: String(number), machine: record, input: { number } },
      { name: slotOf(number), machine: slot, input: { record: number } },
    ]),
    ...all.flatMap((o) => [
      { name: o.name, machine: ops, input: { ...o } },
      ...(o.kind === 'direct' && o.owner !== 'absent'
        ? [{ name: ownerOf(o.name), machine: owners[o.owner] }]
        : []),
    ]),
  ];
  return {
    name,
    says,
    components,
    stimuli: all.flatMap((o) => calls(o, records, switches)),
    world: (look) => new World(scope, switches, look),
    ends: (world) => world.dead,
    outcome: outcomeOf,
    report: reportOf,
    rules,
    scope: { ...scope },
    within: within(scope),
    legend,
  };
}

/** The scope, and what a careful caller does not do in it, so that nobody takes it for covered. */
const within = (scope: Scope): string =>
  `scope ${scopeText(scope)}${scope.edits === 0 ? ' (no filter of a direct ops changes while it is enabled: --scope edits)' : ''}`;

/** Every call that can be made on an ops. */
function calls(
  { name, kind }: OpsInput,
  records: readonly number[],
  switches: Switches,
): Stimulus[] {
  // The kernel asks owners in the order of the filter's hash, which nobody can foresee.
  const orders = (asksInOrder: boolean) => (asksInOrder ? arrangements(records) : subsets(records));
  const asksBefore = kind === 'ipmodify' && switches.ipmodifyMeetsDirect === 'before';
  const tellsAfter = kind === 'ipmodify' && switches.tellsOnUnregister;
  const one = (
    says: string,
    message: Stimulus['message'],
    rest: Partial<Stimulus> = {},
  ): Stimulus => ({ says, to: name, message, ...rest });
  const whole = (type: 'register' | 'unregister', asksInOrder: boolean) =>
    orders(asksInOrder).map((order) =>
      one(`${type} ${name} records ${order.join()}`, { type, order }, { call: `${type} ${name}` }),
    );
  return [
    ...records.map((record) =>
      one(
        `add ${name} ${record}`,
        { type: 'add', record },
        { also: [{ type: 'use', to: 'caller', ops: name }] },
      ),
    ),
    ...records.map((record) => one(`remove ${name} ${record}`, { type: 'remove', record })),
    ...whole('register', asksBefore),
    ...whole('unregister', tellsAfter),
    ...(kind === 'direct' ? [one(`modify ${name}`, { type: 'modify' })] : []),
  ];
}

function subsets(records: readonly number[]): number[][] {
  const sets: number[][] = [[]];
  for (const record of records) sets.push(...sets.map((set) => [...set, record]));
  return sets.filter((set) => set.length > 0);
}

function arrangements(records: readonly number[]): number[][] {
  const permute = (set: readonly number[]): number[][] =>
    set.length === 0
      ? [[]]
      : set.flatMap((r) => permute(set.filter((s) => s !== r)).map((rest) => [r, ...rest]));
  return subsets(records).flatMap(permute);
}
