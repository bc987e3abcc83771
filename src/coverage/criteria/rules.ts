import { goalsOf } from '../../model/goals.js';
import { isAboutPaths } from '../../model/liveness.js';
import type { Rule } from '../../model/network.js';
import type { Check } from '../../search/check.js';
import { type CoverageGoal, scanTransitions } from '../coverageGoals.js';
import type { Criterion } from '../criterion.js';
import { greedyCover } from '../greedyCover.js';
import { RuleInstrumentation } from '../ruleInstrumentation.js';

/**
 * A shortest story of each broken rule, a shortest path to each goal, and each situation of a rule. Rules are opaque
 * functions, so a situation is the set of reads that a rule makes until it returns.
 */
export const criterion: Criterion = {
  counts: 'situations of rules',
  judges: true,
  plan: async (input) => {
    const { check } = input;
    const all: CoverageGoal[] = [];
    const broken = brokenIn(check, all);
    const instrumentation = new RuleInstrumentation(check.compiled);
    const goals = goalsIn(check, all);
    const situations = new Situations(check.compiled.network.rules ?? [], all);
    const scan = await scanTransitions(
      check,
      all,
      (state, stimulus, entry) => {
        instrumentation.call(state, stimulus);
        return (broken.get(entry) ?? 0n) | goals(instrumentation) | situations.of(instrumentation);
      },
      input,
    );
    if ('because' in scan) return scan;
    const unobservable = all.filter((_, goal) => scan.first[goal] === undefined);
    const idle = situations.idle.map(({ id }) => `${id}: no call changes anything that it reads`);
    const atOnce = check.rules
      .filter(({ path }) => path?.length === 0)
      .map(({ rule }) => `breaks ${rule.id}: it is broken before any call`);
    const ofPaths = check.rules
      .filter(({ rule, path = [] }) => isAboutPaths(rule) && path.length > 0)
      .map(({ rule }) => `breaks ${rule.id}: it is about whole paths`);
    const never = [
      ...unobservable.map(({ description }) => description),
      ...atOnce,
      ...ofPaths,
      ...idle,
    ];
    return { ...greedyCover(input, scan), never };
  },
};

/** By transition: bits of the rules that it breaks, each only at the end of its shortest story. */
function brokenIn({ rules, successors }: Check, all: CoverageGoal[]): Map<number, bigint> {
  const graph = successors!;
  const broken = new Map<number, bigint>();
  for (const { rule, verdict, path } of rules) {
    if (verdict !== 'broken' || path === undefined || path.length === 0) continue;
    // The last call of such a path does not show the break by itself.
    if (isAboutPaths(rule)) continue;
    const bit = bitOf(all, { description: `breaks ${rule.id}`, isStory: true });
    let state = 0;
    let last = -1;
    for (const stimulus of path) {
      last = graph.rowStart(state);
      while (graph.stimulus(last) !== stimulus) last++;
      state = graph.to(last);
    }
    broken.set(last, (broken.get(last) ?? 0n) | bit);
  }
  return broken;
}

/** A function to the bits of the goals that a call reaches. Goals reached in the first state need no path. */
function goalsIn({ compiled }: Check, all: CoverageGoal[]) {
  const first = compiled.world(compiled.first);
  const goals = (compiled.network.rules ?? [])
    .flatMap((rule) => goalsOf(rule, first))
    .filter((goal) => !goal.holds(first));
  const bits = goals.map(({ description }) =>
    bitOf(all, { description: `reaches: ${description}`, isStory: true }),
  );
  return (instrumentation: RuleInstrumentation<unknown>): bigint =>
    goals.reduce(
      (seen, goal, i) =>
        instrumentation.holds((world) => goal.holds(world)) ? seen | bits[i]! : seen,
      0n,
    );
}

/** Situations of rules: one for each set of reads. */
class Situations {
  readonly #rules: readonly Rule<unknown>[];
  readonly #bits: Map<string, bigint>[];

  constructor(
    rules: readonly Rule<unknown>[],
    readonly all: CoverageGoal[],
  ) {
    this.#rules = rules.filter(
      ({ possible, serializable }) => possible === undefined && serializable === undefined,
    );
    this.#bits = this.#rules.map(() => new Map());
  }

  of(instrumentation: RuleInstrumentation<unknown>): bigint {
    let seen = 0n;
    for (const [i, rule] of this.#rules.entries()) {
      const reads = instrumentation.reads(rule);
      if (reads === undefined) continue;
      const bits = this.#bits[i]!;
      let bit = bits.get(reads);
      if (bit === undefined) {
        bit = bitOf(this.all, {
          description: `asks ${rule.id} ${bits.size + 1} (${instrumentation.description})`,
        });
        bits.set(reads, bit);
      }
      seen |= bit;
    }
    return seen;
  }

  /** Rules whose reads no call ever changed. */
  get idle(): readonly Rule<unknown>[] {
    return this.#rules.filter((_, i) => this.#bits[i]!.size === 0);
  }
}

/** Adds a goal and returns its bit. */
const bitOf = (all: CoverageGoal[], goal: CoverageGoal): bigint => 1n << BigInt(all.push(goal) - 1);
