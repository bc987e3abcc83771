import type { Component, Network, Rule } from '../src/model/network.js';
import { symmetryOf } from './alike.js';
import { caller } from './caller.js';
import { callsOn, sysctl } from './calls.js';
import { ftrace } from './ftrace.js';
import { legend } from './legend.js';
import { list } from './list.js';
import type { OpsInput, OpsOfDesign } from './ops/context.js';
import { ops } from './ops.js';
import { breakClassIn, outcomeOf, reportOf, unobservableOf } from './outcome.js';
import { bpf } from './owners/bpf.js';
import { moving } from './owners/moving.js';
import { positive } from './owners/positive.js';
import { refusing } from './owners/refusing.js';
import { willing } from './owners/willing.js';
import { record } from './record.js';
import { opsOf, recordsOf, type Scope, scopeText } from './scopes.js';
import { slot } from './slot.js';
import type { Switches } from './switches.js';
import { type Flags, slotOf } from './words.js';
import { ownersOf, World } from './world.js';

/** One way the kernel could run the calls. */
export interface Design {
  readonly name: string;
  /** When it was proposed, merged or released: designs are shown in this order. */
  readonly date: string;
  readonly description: string;
  /** Where it was proposed or shipped: mail, commit. */
  readonly source: string;
  readonly switches: Switches;
  /** Rules that it is known to break in the default scope; checked to be exactly these. */
  readonly breaks: readonly string[];
  /** The kernel that ought to behave like this, as `replay` knows it. */
  readonly kernel?: string;
}

/** The design with some of its switches turned. */
export const turned = (design: Design, ...changes: readonly Partial<Switches>[]): Design => ({
  ...design,
  switches: Object.assign({}, design.switches, ...changes),
});

const owners = { willing, refusing, bpf, positive, moving };

/** The network of a design in a scope. */
export function networkOf(
  design: Design,
  scope: Scope,
  rules: readonly Rule<World>[],
): Network<World> {
  const { name, description, switches } = design;
  const all = opsOf(scope);
  const records = recordsOf(scope);
  const components: Component[] = [
    { name: 'caller', machine: caller, input: { ops: all.map((o) => o.name), limit: scope.inuse } },
    {
      name: 'ftrace',
      machine: ftrace,
      input: { switches: { ...switches }, records, ops: all.map((o) => o.name) },
    },
    { name: 'list', machine: list, input: { ordersAll: scope.careless === 1 } },
    ...records.flatMap((number) => [
      { name: String(number), machine: record, input: { number } },
      { name: slotOf(number), machine: slot, input: { record: number } },
    ]),
    ...all.flatMap((o) => [
      { name: o.name, machine: ops, input: { ...inDesign(o, scope, switches) } },
      ...ownersOf(o, switches, records).map((owner) => ({
        name: owner,
        machine: owners[o.owner as keyof typeof owners],
      })),
    ]),
  ];
  return {
    name,
    description,
    components,
    stimuli: [
      ...all.flatMap((o) => callsOn(o, scope, switches)),
      ...(scope.sysctl === 1 ? sysctl : []),
    ],
    world: (look) => new World(scope, switches, look),
    isTerminal: (world) => world.over,
    outcome: outcomeOf,
    unobservable: unobservableOf,
    outcomeData: reportOf,
    breakClass: breakClassIn(scope),
    rules,
    scope: { ...scope },
    scopeText: within(scope),
    symmetry: symmetryOf(design, scope, rules),
    glossary: legend(scope, switches),
  };
}

/** What a design makes of an ops. */
export function inDesign(input: OpsInput, scope: Scope, switches: Switches): OpsOfDesign {
  return {
    ...input,
    flags: flagsOf(input, switches),
    knowsMarks: switches.directMeetsIpmodify === 'needs SHARE',
    marked:
      switches.directMeetsIpmodify === 'needs SHARE' &&
      input.kind === 'direct' &&
      input.owner === 'willing',
    edits: scope.edits === 1,
    careless: scope.careless === 1,
    filterIsTable: switches.filterIsTable,
    consentPer: switches.consentPer,
  };
}

function flagsOf({ kind, owner }: OpsInput, { directSetsIpmodify, calleeFrom }: Switches): Flags {
  const alsoIpmodify =
    directSetsIpmodify === 'always' ||
    (directSetsIpmodify === 'if its owner refuses' && owner === 'refusing');
  return {
    direct: kind === 'direct',
    ipmodify: kind === 'ipmodify' || (kind === 'direct' && alsoIpmodify),
    // Direct ops that save arguments only are those whose trampoline nobody calls then.
    regs: kind !== 'tracer' && !(kind === 'direct' && calleeFrom === 'nobody'),
  };
}

/** The scope, and what a careful caller does not do in it, so that nobody takes it for covered. */
const within = (scope: Scope): string =>
  `scope ${scopeText(scope)}${scope.edits === 0 ? ' (no filter of a direct ops changes while it is enabled: --scope edits)' : ''}`;
