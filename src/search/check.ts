import { CompiledSystem } from '../interpret/compiledSystem.js';
import { guardNetwork, guardRules } from '../interpret/guardNetwork.js';
import type { StepResult } from '../interpret/interpreter.js';
import { counted } from '../model/formatNumber.js';
import { goalsOutOfScope } from '../model/goals.js';
import type { Network, Rule } from '../model/network.js';
import type { MemoizedPredicate } from '../properties/memoizedPredicate.js';
import { PropertyMonitor } from '../properties/propertyMonitor.js';
import { verdictsOn } from '../properties/verdictsOn.js';
import { exerciseSimilar } from '../reduce/exerciseSimilar.js';
import { LocalCycles } from '../reduce/localCycles.js';
import { Orbits } from '../reduce/orbits.js';
import { StateQuotient } from '../reduce/stateQuotient.js';
import type { SymmetryCheck } from '../reduce/symmetryCheck.js';
import { unquotientTrace } from '../reduce/unquotientTrace.js';
import { SuccessorGraph } from '../store/successorGraph.js';
import type { VisitedSet } from '../store/visitedSet.js';
import { BackwardReach } from './backwardReach.js';
import type { EffectCache } from './effectCache.js';
import { type Exploration, explore } from './explore.js';
import type { Limits } from './limits.js';
import type { Observer, Violation } from './observer.js';
import { type Vacuity, vacuityOf } from './vacuity.js';
import { verifySymmetry } from './verifySymmetry.js';

/** `unknown`: the search stopped before it could decide. `out of scope`: the network can express none of its goals. */
export type Verdict = 'holds' | 'broken' | 'unknown' | 'out of scope';

/** The verdict on a rule, with the paths that show it. */
export interface RuleResult<W> {
  readonly rule: Rule<W>;
  readonly verdict: Verdict;
  /** Stimulus numbers of a shortest path that breaks the rule; for `recoverable`, to a state with no way back. */
  readonly path?: readonly number[];
  /** Break classes of a broken rule, shortest stories first; `path` is that of the first. Not for `possible`. */
  readonly classes?: readonly BreakClass[];
  /** For `possible`: the goals that were not reached. */
  readonly missed?: readonly string[];
  /** For `possible`: goals that the network cannot express, if there are any. */
  readonly outOfScope?: readonly string[];
}

/** One of the ways in which calls break a rule, as `Network.breakClass` groups them. */
export interface BreakClass {
  /** Empty: the first state breaks the rule, before any call. */
  readonly name: string;
  /** Number of transitions that break the rule in this way; if the search was stopped, of those that it found. */
  readonly transitions: number;
  /**
   * Stimulus numbers of a shortest path whose last call breaks the rule in this way; undefined if the search for it was
   * stopped.
   */
  readonly path?: readonly number[];
}

/** A defect in any network, with or without rules; `path` is a shortest path to it. */
export interface Finding {
  readonly kind: 'unhandled' | 'livelock' | 'deadlock';
  readonly description: string;
  readonly path: readonly number[];
}

/** Transitions of one stimulus that fail in the same way. They lead to no state. */
export interface WrongCall {
  readonly stimulus: number;
  readonly description: string;
  readonly transitions: number;
}

/** The failed calls as text, one line each: `press (lamp has no transition for on in this state), 2 transitions`. */
export const wrongCalls = ({ compiled, wrong }: Pick<Check, 'compiled' | 'wrong'>): string[] =>
  wrong.map(
    ({ stimulus, description, transitions }) =>
      `${compiled.network.stimuli[stimulus]!.description} (${description}), ${counted(transitions, 'transition')}`,
  );

/** The result of `check`. */
export interface Check<W = unknown> {
  readonly compiled: CompiledSystem<W>;
  readonly exploration: Exploration;
  readonly rules: readonly RuleResult<W>[];
  readonly findings: readonly Finding[];
  readonly successors: SuccessorGraph | undefined;
  /** All failed calls, if transitions are kept: `successors` does not contain them. */
  readonly wrong: readonly WrongCall[];
  readonly reductions: readonly ReductionReport[];
  /** Everything that has no effect on the verdicts; only after a complete search. */
  readonly vacuity?: Vacuity;
}

/** A reduction that was used, or was not; then `because` says why. */
export interface ReductionReport {
  readonly description: string;
  readonly because?: string;
}

/** Options of `check`; without `rules`, the rules of the network itself are checked. */
export interface CheckOptions extends Limits {
  readonly rules?: readonly Rule<unknown>[];
  /**
   * Whether one state may represent several: the states of a local cycle, and states that differ only by an exchange of
   * names that the network declares symmetric. `auto` tries reductions once 500,000 states are held. Default: off.
   */
  readonly reductions?: 'auto' | 'on' | 'off';
  /** Keep every transition. Paths need them; with reductions they are not available. */
  readonly keepTransitions?: boolean;
  /** Stop at the first violation or finding. */
  readonly untilBroken?: boolean;
}

/** States that `auto` holds before it tries reductions; a search finds them in seconds. */
const MANY = 500_000;

/** Explores every path of the network and checks its rules. Throws UserError if a machine cannot be explored. */
export async function check<W>(network: Network<W>, options: CheckOptions = {}): Promise<Check<W>> {
  guardRules(rulesOf(guardNetwork(network), options), network);
  const { reductions = 'off', maxStates = Number.POSITIVE_INFINITY, checkpoint } = options;
  checkpoint?.open(network, rulesOf(network, options), reductions);
  if (reductions === 'off') return search(network, options);
  if (reductions === 'auto' && checkpoint?.symmetry === undefined) {
    const plain = await search(network, { ...options, maxStates: Math.min(maxStates, MANY) });
    if (plain.exploration.stopped !== 'states' || maxStates <= MANY) return plain;
  }
  let kinds =
    checkpoint?.symmetry ??
    (network.symmetry === undefined
      ? []
      : await verifySymmetry(network, rulesOf(network, options), options));
  for (;;) {
    if (checkpoint) checkpoint.symmetry = kinds;
    try {
      return await searchReduced(network, options, kinds);
    } catch (error) {
      if (!(error instanceof Asymmetric)) throw error;
      const { message } = error;
      kinds = kinds.map((one) => (one.because === undefined ? { ...one, because: message } : one));
    }
  }
}

/** A rule distinguishes a state from its image under an exchange of names. */
class Asymmetric extends Error {}

/** Searches with the symmetries that were not rejected, and with local cycles merged. Throws Asymmetric. */
async function searchReduced<W>(
  network: Network<W>,
  options: CheckOptions,
  kinds: readonly SymmetryCheck[],
): Promise<Check<W>> {
  const { checkpoint } = options;
  const apart = async (because: string, given: CheckOptions) => {
    const whole = await search(network, given, { kinds });
    return { ...whole, reductions: [...whole.reductions, { description: LOCAL, because }] };
  };
  if (checkpoint?.because !== undefined) return apart(checkpoint.because, options);
  const lumped = await search(network, options, { kinds, localCycles: true });
  // The checkpoint holds only the search that a later run resumes; any other search starts from the beginning.
  const { checkpoint: _, ...rest } = options;
  const told = lumped.reductions.find(({ description }) => description === LOCAL)?.because;
  if (told !== undefined) {
    if (!lumped.exploration.complete) return apart(told, rest);
    if (checkpoint) checkpoint.because = told;
    return apart(told, options);
  }
  // A merged search does not count steps within a local cycle, so a search without merging finds the shortest stories.
  const broken = lumped.rules.filter(({ classes }) => classes !== undefined);
  if (broken.length === 0 && lumped.findings.length === 0) return lumped;
  const until = new Map(broken.map(({ rule, classes }) => [rule, classes!.length]));
  const stories = await search(network, rest, {
    kinds,
    until: { rules: until, findings: lumped.findings.length },
  });
  return {
    ...lumped,
    compiled: stories.compiled,
    findings: stories.findings.length < lumped.findings.length ? lumped.findings : stories.findings,
    rules: lumped.rules.map((judged, i): RuleResult<W> => {
      if (judged.classes === undefined) return judged;
      const { rule, verdict } = judged;
      const told = stories.rules[i]!.classes ?? [];
      const paths = new Map(told.map(({ name, path }) => [name, path]));
      const position = (name: string) => [...paths.keys()].indexOf(name) >>> 0;
      const classes = judged.classes
        .map(({ name, transitions }) => classOf(name, transitions, paths.get(name)))
        .sort((one, other) => position(one.name) - position(other.name));
      return { rule, verdict, classes, ...pathOf(classes) };
    }),
  };
}

const classOf = (
  name: string,
  transitions: number,
  path: readonly number[] | undefined,
): BreakClass => ({ name, transitions, ...(path && { path }) });

const pathOf = ([first]: readonly BreakClass[]) => first?.path && { path: first.path };

const LOCAL = 'calls that concern one machine alone, taken as one';

interface Reducing<W> {
  readonly kinds?: readonly SymmetryCheck[];
  readonly localCycles?: boolean;
  /** Stop once this many break classes of each of these rules, and this many findings, are known. */
  readonly until?: { readonly rules: ReadonlyMap<Rule<W>, number>; readonly findings: number };
}

const rulesOf = <W>({ rules }: Network<W>, options: CheckOptions) =>
  (options.rules ?? rules ?? []) as readonly Rule<W>[];

async function search<W>(
  network: Network<W>,
  options: CheckOptions,
  { kinds = [], localCycles: wantsLumps = false, until }: Reducing<W> = {},
): Promise<Check<W>> {
  const compiled = new CompiledSystem(network);
  const rules = guardRules(rulesOf(network, options), network);
  const exchanged = kinds.filter(({ because }) => because === undefined).map(({ kind }) => kind);
  const monitor = new PropertyMonitor(
    rules,
    compiled,
    new Int32Array(compiled.components.length),
    exchanged.length > 0 || wantsLumps,
  );
  const localCycles = wantsLumps ? new LocalCycles(monitor) : undefined;
  const orbits =
    exchanged.length === 0
      ? undefined
      : new Orbits(
          compiled as CompiledSystem,
          network.symmetry!,
          exchanged,
          localCycles as LocalCycles<unknown>,
        );
  const reduction = orbits || localCycles ? new StateQuotient(orbits, localCycles) : undefined;
  const successors = options.keepTransitions === true ? new SuccessorGraph() : undefined;
  /** By rule and break class: the first transition that breaks the rule in this way, and how many do. */
  const breaks = rules.map(() => new Map<number, Counted>());
  const ways = rules.flatMap((rule) =>
    rule.recoverable ? [new BackwardReach(rule, compiled)] : [],
  );
  const findings = new Map<
    string,
    { finding: Omit<Finding, 'path'>; from: number; stimulus: number }
  >();
  const wrong = new Map<string, WrongCall>();
  let isBroken = false;
  const find = (kind: Finding['kind'], description: string, from: number, stimulus: number) => {
    const key = `${kind} ${description}`;
    isBroken = true;
    if (!findings.has(key)) findings.set(key, { finding: { kind, description }, from, stimulus });
  };
  const observer: Observer = {
    violated: (obligations, violation) => {
      for (const obligation of obligations) {
        const { rule, goal } = monitor.obligations[obligation]!;
        if (goal !== undefined) monitor.isReached[obligation] = true;
        else {
          isBroken = true;
          note(breaks[rule]!, violation);
        }
      }
    },
    state: (number) => {
      for (const way of ways) way.state(number, monitor.before);
    },
    ...(successors && {
      transition: (from: number, stimulus: number, to: number) =>
        successors.add(from, stimulus, to),
    }),
    successors: (from, _, to) => {
      for (let i = 0; i < ways.length; i++) ways[i]!.transition(from, to);
    },
    wrongCall: (from, stimulus, { how, lost }) => {
      const description =
        how === 'livelock' ? 'a call that never falls silent' : compiled.unhandledText(lost!);
      find(how, description, from, stimulus);
      if (successors === undefined) return;
      const key = `${stimulus} ${description}`;
      const { transitions = 0 } = wrong.get(key) ?? {};
      wrong.set(key, { stimulus, description, transitions: transitions + 1 });
    },
    deadlock: (number) => find('deadlock', 'nothing can be done any more', number, -1),
    enough: () =>
      until === undefined
        ? options.untilBroken === true && isBroken
        : findings.size >= until.findings &&
          rules.every((rule, i) => breaks[i]!.size >= (until.rules.get(rule) ?? 0)),
    kept: {
      save: (to) => {
        to.plain({ breaks, findings });
        for (const way of ways) way.save(to);
      },
      restore: (from) => {
        const saved = from.plain<{ breaks: typeof breaks; findings: typeof findings }>();
        Object.assign(breaks, saved.breaks);
        for (const [key, found] of saved.findings) findings.set(key, found);
        return ways.every((way) => way.restore(from));
      },
    },
  };
  const exploration = await explore(compiled, monitor, observer, options, reduction);
  const { visited } = exploration;
  const asymmetry =
    orbits &&
    findAsymmetry(
      monitor,
      orbits,
      visited,
      ways.map(({ isGood }) => isGood),
    );
  if (asymmetry !== undefined) throw new Asymmetric(asymmetry);
  if (exploration.complete && reduction) exerciseSimilar(monitor, reduction);
  monitor.interpreter.exercised = undefined;
  /** A path to a state and one more call, which `accept` must admit; stimulus -1: no further call. */
  const path = (
    from: number,
    stimulus: number,
    accept: (stimulus: number, how: StepResult) => boolean,
  ): number[] => {
    // Steps within a local cycle are missing, so the length of a path is unknown.
    if (localCycles) return [];
    if (orbits)
      return unquotientTrace(monitor, visited, orbits, from, stimulus < 0 ? undefined : accept);
    return [...visited.path(from), ...(stimulus < 0 ? [] : [stimulus])];
  };
  /** Whether a call from the monitor's `before` breaks this rule in this break class. */
  const breaksRule = (rule: number, breakClass: number) => (stimulus: number, how: StepResult) => {
    if (how !== 'quiescence' || monitor.breakClass(stimulus) !== breakClass) return false;
    const { state } = monitor.interpreter;
    const newly = monitor.newlyViolated(monitor.label(monitor.before), monitor.label(state));
    return [...monitor.step(stimulus), ...newly].some(
      (obligation) => monitor.obligations[obligation]!.rule === rule,
    );
  };
  const classesOf = (
    found: ReadonlyMap<number, Violation>,
    accept: (breakClass: number) => Parameters<typeof path>[2],
  ): BreakClass[] =>
    [...found.values()].map(({ from, stimulus, breakClass, transitions }) =>
      classOf(
        monitor.classes.names[breakClass] ?? '',
        transitions,
        path(from, stimulus, accept(breakClass)),
      ),
    );
  const judged = async (rule: Rule<W>, i: number): Promise<RuleResult<W>> => {
    const whole: Verdict = exploration.complete ? 'holds' : 'unknown';
    if (rule.possible) {
      const outOfScope = goalsOutOfScope(rule, compiled.world(compiled.first));
      const told = { rule, ...(outOfScope.length > 0 && { outOfScope }) };
      const goals = [...monitor.obligations.keys()].filter(
        (obligation) => monitor.obligations[obligation]!.rule === i,
      );
      if (goals.length === 0) return { ...told, verdict: 'out of scope' };
      const missed = goals.filter((obligation) => !monitor.isReached[obligation]);
      if (missed.length === 0) return { ...told, verdict: 'holds' };
      return {
        ...told,
        verdict: exploration.complete ? 'broken' : 'unknown',
        missed: missed.map((obligation) => monitor.obligations[obligation]!.goal!.description),
      };
    }
    const broken = (classes: readonly BreakClass[]): RuleResult<W> => ({
      rule,
      verdict: 'broken',
      classes,
      ...pathOf(classes),
    });
    if (breaks[i]!.size > 0)
      return broken(classesOf(breaks[i]!, (breakClass) => breaksRule(i, breakClass)));
    if (rule.recoverable && exploration.complete) {
      const way = ways.find((one) => one.rule === rule)!;
      const lost = await way.firstLost(exploration, monitor, options, reduction);
      if (lost === undefined) return { rule, verdict: 'unknown' };
      if (lost >= 0) {
        const found = new Map<number, Counted>();
        const lostTo = new Map<number, number>();
        const isWhole = await way.breaks(exploration, monitor, options, reduction, (one, to) => {
          if (!found.has(one.breakClass)) lostTo.set(one.breakClass, to);
          note(found, one);
        });
        if (!isWhole) return { rule, verdict: 'unknown' };
        const leadsTo = (breakClass: number) => (stimulus: number, how: StepResult) => {
          if (how !== 'quiescence' || monitor.breakClass(stimulus) !== breakClass) return false;
          const state = Int32Array.from(monitor.interpreter.state);
          reduction?.apply(state);
          return visited.numberOf(state) === lostTo.get(breakClass);
        };
        return broken(classesOf(found, leadsTo));
      }
    }
    return { rule, verdict: whole };
  };
  compiled.verify();
  const verdicts: RuleResult<W>[] = [];
  for (const [i, rule] of rules.entries()) verdicts.push(await judged(rule, i));
  const told = localCycles?.findUnsoundness((exploration.cells as EffectCache<W>).trees, [
    ...monitor.memos,
    ...ways.map(({ isGood }) => isGood),
  ]);
  const isJudged = exploration.complete && until === undefined && told === undefined;
  const holding = [...verdicts.keys()].filter((i) => verdicts[i]!.verdict === 'holds');
  return {
    compiled,
    exploration,
    successors,
    wrong: [...wrong.values()],
    ...(isJudged && { vacuity: vacuityOf(monitor, ways, holding) }),
    findings: [...findings.values()].map(({ finding, from, stimulus }) => ({
      ...finding,
      path: path(from, stimulus, (_, how) => how === finding.kind),
    })),
    reductions: [
      ...kinds.map(({ kind, because }) =>
        because === undefined
          ? { description: `symmetry of ${kind}, checked in small` }
          : { description: `symmetry of ${kind}`, because },
      ),
      ...(localCycles === undefined
        ? []
        : [{ description: LOCAL, ...(told === undefined ? {} : { because: told }) }]),
    ],
    rules: verdicts,
  };
}

/** Most images that are checked; if there are more, those of evenly spread states. */
const JUDGED_IMAGES = 2_000_000;

/** Why a rule distinguishes a held state from one that it represents; undefined if no rule does. */
function findAsymmetry<W>(
  monitor: PropertyMonitor<W>,
  orbits: Orbits,
  visited: VisitedSet,
  goods: readonly MemoizedPredicate<W>[],
): string | undefined {
  const state = new Int32Array(monitor.before.length);
  const stride = Math.max(1, Math.ceil((visited.size * orbits.order) / JUDGED_IMAGES));
  for (let number = 0; number < visited.size; number += stride) {
    visited.load(number, state);
    const here = verdictsOn(monitor, goods, state);
    for (const image of orbits.imagesOf(state))
      if (verdictsOn(monitor, goods, image) !== here)
        return 'a rule tells a state from one that differs only in the names of its members';
  }
  return undefined;
}

type Counted = { -readonly [K in keyof Violation]: Violation[K] };

/** Counts a transition in its break class, and keeps the first one of the class. */
function note(found: Map<number, Counted>, violation: Violation): void {
  const first = found.get(violation.breakClass);
  if (first === undefined) found.set(violation.breakClass, { ...violation });
  else first.transitions += violation.transitions;
}
