import type { Design as DesignOf } from '../src/domain.js';
import type { Component, Network, Rule } from '../src/model/network.js';
import { caller } from './caller.js';
import { ofCallers, whileQuiet } from './callers.js';
import { callsOn, globalCalls } from './calls/calls.js';
import { directEntry } from './directEntry.js';
import { directMutex } from './directMutex.js';
import { DIRECT_MUTEX, directEntryOf, type Flags, hasLock } from './events.js';
import type { Features } from './features.js';
import { ftrace } from './ftrace.js';
import { legend } from './glossary.js';
import { isTable, type OpsInput, type OpsOfDesign } from './ops/context.js';
import { ops } from './ops.js';
import { opsList } from './opsList.js';
import { breakClassIn, outcomeOf, reportOf, unobservableOf } from './outcome.js';
import { bpf } from './owners/bpf.js';
import { bpfByIp } from './owners/bpf-by-ip.js';
import { locking } from './owners/locking.js';
import { moving } from './owners/moving.js';
import { positive } from './owners/positive.js';
import { refusing } from './owners/refusing.js';
import { scripted } from './owners/scripted.js';
import { trying } from './owners/trying.js';
import { willing } from './owners/willing.js';
import { record } from './record.js';
import { executorsOf, opsOf, recordsOf, type Scope, scopeText } from './scopes.js';
import { symmetryOf } from './symmetry.js';
import { ownersOf, World } from './world.js';

/** One way in which the kernel could execute the calls. */
export type Design = DesignOf<Features>;

const owners = { willing, refusing, bpf, positive, moving, scripted, trying, locking };

/** Rules that say nothing about one caller. */
const ABOUT_SEVERAL_CALLERS = ['every-call-returns', 'serializable'];

/** The network of a design in a scope. */
export function networkOf(
  design: Design,
  scope: Scope,
  rules: readonly Rule<World>[],
): Network<World> {
  const { name, description, features } = design;
  const all = opsOf(scope);
  const records = recordsOf(scope);
  const components: Component[] = [
    { name: 'caller', machine: caller, input: { ops: all.map((o) => o.name), limit: scope.inuse } },
    ...executorsOf(scope).map(
      (executor, _, executors): Component => ({
        name: executor,
        machine: ftrace,
        input: {
          name: executor,
          others: executors.filter((other) => other !== executor),
          features: { ...features },
          records,
          ops: all.map((o) => o.name),
          ownersLock: all.some(({ owner }) => hasLock(owner)),
        },
      }),
    ),
    ...(scope.callers > 1 ? [{ name: DIRECT_MUTEX, machine: directMutex }] : []),
    { name: 'list', machine: opsList, input: { ordersAll: scope.misuse === 1 } },
    ...records.flatMap((number) => [
      { name: String(number), machine: record, input: { number } },
      { name: directEntryOf(number), machine: directEntry, input: { record: number } },
    ]),
    ...all.flatMap((o) => [
      { name: o.name, machine: ops, input: { ...inDesign(o, scope, features) } },
      ...ownersOf(o, features, records).map(
        (owner): Component => ({
          name: owner,
          machine: isTable(o, features) ? bpfByIp : owners[o.owner as keyof typeof owners],
        }),
      ),
    ]),
  ];
  return {
    name,
    description,
    components,
    stimuli: ofCallers(
      [...all.flatMap((o) => callsOn(o, scope, features)), ...globalCalls(scope)],
      all,
      scope,
      features,
    ),
    world: (look) => new World(scope, features, look),
    isTerminal: (world) => world.over,
    outcome: outcomeOf,
    unobservable: unobservableOf,
    outcomeData: reportOf,
    breakClass: breakClassIn(scope),
    rules:
      scope.callers === 1
        ? rules.filter(({ id }) => !ABOUT_SEVERAL_CALLERS.includes(id))
        : rules.map(whileQuiet),
    scope: { ...scope },
    scopeText: within(scope),
    ...(scope.callers === 1 && {
      symmetry: symmetryOf(scope, (small) => networkOf(design, small, rules)),
    }),
    glossary: legend(scope, features),
  };
}

/** The input of the ops machine: an ops of the scope, with its flags and features in a design. */
export function inDesign(input: OpsInput, scope: Scope, features: Features): OpsOfDesign {
  return {
    ...input,
    flags: flagsOf(input, features),
    knowsMarks: features.directMeetsIpmodify === 'needs SHARE',
    marked:
      features.directMeetsIpmodify === 'needs SHARE' &&
      input.kind === 'direct' &&
      input.owner === 'willing',
    edits: scope.edits === 1,
    misuse: scope.misuse === 1,
    isTable: isTable(input, features),
    attributes: scope.attributes === 1,
    keepsFlags: features.directFlags === 'added',
    consentPer: features.askGranularity,
  };
}

function flagsOf(
  { kind, owner }: OpsInput,
  { directSetsIpmodify, trampolineSource }: Features,
): Flags {
  const alsoIpmodify =
    directSetsIpmodify === 'always' ||
    (directSetsIpmodify === 'if its owner refuses' && owner === 'refusing');
  return {
    direct: kind === 'direct',
    ipmodify: kind === 'ipmodify' || (kind === 'direct' && alsoIpmodify),
    // A direct ops saves arguments only in designs in which nothing calls its trampoline beside other ops.
    regs: kind !== 'tracer' && !(kind === 'direct' && trampolineSource === 'nobody'),
  };
}

/** The scope as text. It names the calls that callers leave out, so that no reader takes them for covered. */
const within = (scope: Scope): string =>
  `scope ${scopeText(scope)}${scope.edits === 0 ? ' (no filter of a direct ops changes while it is enabled: --scope edits)' : ''}`;
