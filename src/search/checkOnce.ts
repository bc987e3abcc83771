import { CompiledSystem } from '../interpret/compiledSystem.js';
import { guardRules } from '../interpret/guardNetwork.js';
import { isLiveness } from '../model/liveness.js';
import type { Network } from '../model/network.js';
import { PropertyMonitor } from '../properties/propertyMonitor.js';
import { assertSymmetric } from '../reduce/assertSymmetric.js';
import { exerciseSimilar } from '../reduce/exerciseSimilar.js';
import { LocalCycles } from '../reduce/localCycles.js';
import { Orbits } from '../reduce/orbits.js';
import { StateQuotient } from '../reduce/stateQuotient.js';
import type { SymmetryCheck } from '../reduce/symmetryCheck.js';
import { CheckObserver, type Until } from './checkObserver.js';
import { type CheckOptions, rulesOf } from './checkOptions.js';
import type { Check, ReductionReport, RuleResult } from './checkResult.js';
import { Counterexamples } from './counterexamples.js';
import type { EffectCache } from './effectCache.js';
import { explore } from './explore.js';
import { Judge } from './judge.js';
import { Liveness } from './liveness.js';
import { Overlaps } from './overlaps.js';
import { vacuityOf } from './vacuity.js';

/** The name of the reduction by local cycles in reports. */
export const MERGED = 'local cycles of one machine, each stored as one state';

/** The reductions of one search, and the results at which it may stop. */
interface Plan<W> {
  /** The symmetries of the network; those with a reason against them are reported and not used. */
  readonly kinds?: readonly SymmetryCheck[];
  /** Whether the states of a local cycle are merged. */
  readonly localCycles?: boolean;
  readonly until?: Until<W>;
}

/** Searches a network once, and gives the verdicts on its rules. Throws Asymmetric if a rule refutes a symmetry. */
export async function checkOnce<W>(
  network: Network<W>,
  options: CheckOptions,
  { kinds = [], localCycles: merges = false, until }: Plan<W> = {},
): Promise<Check<W>> {
  const compiled = new CompiledSystem(network);
  const exchanged = kinds.filter(({ because }) => because === undefined).map(({ kind }) => kind);
  const monitor = new PropertyMonitor(
    guardRules(rulesOf(network, options), network),
    compiled,
    new Int32Array(compiled.components.length),
    exchanged.length > 0 || merges,
  );
  const reduction = quotientOf(monitor, exchanged, merges);
  const observer = new CheckObserver(monitor, options, until);
  const explored = await explore(compiled, monitor, observer, options, reduction);
  const goods = observer.backwardReaches.map(({ isGood }) => isGood);
  if (reduction?.orbits) assertSymmetric(monitor, goods, explored.visited, reduction.orbits);
  if (explored.complete && reduction) exerciseSimilar(monitor, reduction);
  monitor.interpreter.exercised = undefined;
  const counterexamples = new Counterexamples(monitor, explored.visited, reduction);
  const liveness =
    explored.complete && monitor.rules.some(isLiveness)
      ? new Liveness(explored, monitor, options)
      : undefined;
  const overlaps =
    explored.complete && monitor.rules.some(({ serializable }) => serializable)
      ? new Overlaps(explored, monitor, options)
      : undefined;
  const judge = new Judge(explored, observer, counterexamples, options, liveness, overlaps);
  compiled.verify();
  const rules: RuleResult<W>[] = [];
  for (const rule of monitor.rules.keys()) rules.push(await judge.verdict(rule));
  const unsound = reduction?.localCycles?.findUnsoundness(
    (explored.cells as EffectCache<W>).trees,
    [...monitor.memos, ...goods],
  );
  const { stopped } = judge;
  const exploration = stopped ? { ...explored, complete: false, stopped } : explored;
  const isJudged = exploration.complete && until === undefined && unsound === undefined;
  const holding = [...rules.keys()].filter((i) => rules[i]!.verdict === 'holds');
  return {
    compiled,
    exploration,
    successors: observer.graph,
    wrong: [...observer.wrong.values()],
    ...(isJudged && {
      vacuity: vacuityOf(
        monitor,
        observer.backwardReaches,
        liveness?.pending ?? [],
        overlaps?.vacuous ?? [],
        holding,
      ),
    }),
    findings: [...observer.findings.values()].map(({ finding, from, stimulus }) => ({
      ...finding,
      path: counterexamples.path(from, stimulus, (_, how) => how === finding.kind),
    })),
    reductions: [
      ...kinds.map(symmetryReport),
      ...(merges
        ? [{ description: MERGED, ...(unsound === undefined ? {} : { because: unsound }) }]
        : []),
    ],
    rules,
  };
}

/** Represents states by symmetry in these kinds of names, by local cycles, or both; undefined: by neither. */
function quotientOf<W>(
  monitor: PropertyMonitor<W>,
  kinds: readonly string[],
  merges: boolean,
): StateQuotient<W> | undefined {
  if (kinds.length === 0 && !merges) return undefined;
  const { compiled } = monitor;
  const localCycles = merges ? new LocalCycles(monitor) : undefined;
  const orbits =
    kinds.length === 0
      ? undefined
      : new Orbits(
          compiled as CompiledSystem,
          compiled.network.symmetry!,
          kinds,
          localCycles as LocalCycles<unknown>,
        );
  return new StateQuotient(orbits, localCycles);
}

const symmetryReport = ({ kind, because }: SymmetryCheck): ReductionReport =>
  because === undefined
    ? { description: `symmetry of ${kind}, checked in small` }
    : { description: `symmetry of ${kind}`, because };
