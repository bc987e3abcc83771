import { transitionTour } from '../coverage/transitionTour.js';
import { classOf, type DivergenceClass, DivergenceClasses } from './divergenceClasses.js';
import type { Lts } from './lts.js';
import { minimize } from './minimize.js';
import { emptyCoverage, runTrace, type SystemUnderTest, type TraceRun } from './runTrace.js';

/** Longest path that replay plans, in steps: short enough to read, long enough to be worth a reset. */
const LONGEST = 100;

/** Options of `replay`. */
export interface ReplayOptions {
  /** Guests of one kernel, all alike; each takes the next path when it is free. */
  readonly machines: readonly SystemUnderTest[];
  /**
   * The guest's `setup` commands for the scope. The first is for `paths`. The others use other functions, which changes
   * the order in the kernel's hashes; they are tried for transitions not yet taken.
   */
  readonly setups: readonly string[];
  readonly paths: Iterable<readonly string[]>;
  /** Whether to plan further paths after `paths`, until the kernel would take no transition that is left. */
  readonly untilCovered: boolean;
  readonly signal: AbortSignal;
  /** Called after each path, with its number from 1. */
  readonly walked: (number: number, walked: TraceRun, progress: Progress) => void;
}

/** Counts of a replay so far. */
export interface Progress {
  readonly transitions: number;
  readonly taken: number;
  readonly steps: number;
  readonly paths: number;
  /** Number of calls in which the kernel warned, and in which ftrace died, whether or not the model expects it. */
  readonly warned: number;
  readonly died: number;
  readonly differences: DivergenceClasses;
}

/** The result of a replay: its counts, and the transitions that were not taken by reason. */
export interface Replayed extends Progress {
  /** Not taken because the kernel made another choice: the order of its hashes cannot be set. */
  readonly unforced: number;
  /** Not taken because the kernel diverges there, or on every path to it. */
  readonly unreachableAfterDivergence: number;
  /** Not taken because there was no path to it or the work was interrupted. */
  readonly notTried: number;
}

/** Replays paths on real kernels and compares every outcome with the model. */
export async function replay(model: Lts, options: ReplayOptions): Promise<Replayed> {
  const transitions = model.successors.size;
  const coverage = emptyCoverage(model);
  const differences = new DivergenceClasses();
  const count = { steps: 0, paths: 0, warned: 0, died: 0 };
  const progress = (): Progress => ({
    transitions,
    taken: sum(coverage.taken),
    ...count,
    differences,
  });

  /**
   * Number of facts learned from the kernel, including choices not taken and divergences: the next plan avoids those
   * transitions.
   */
  const learnt = () => sum(coverage.taken) + sum(coverage.blocked) + sum(coverage.nondetNotTaken);
  const round = async (paths: Iterable<readonly string[]>, setup: string) => {
    const before = learnt();
    const next = paths[Symbol.iterator]();
    const work = async (machine: SystemUnderTest) => {
      for (let path = next.next(); !path.done && !options.signal.aborted; path = next.next()) {
        const walked = await runTrace(path.value, model, machine, setup, coverage);
        count.steps += walked.steps;
        count.paths++;
        for (const { outcome } of walked.story) {
          const parts = outcome.split('; ');
          if (parts.includes('WARN')) count.warned++;
          if (parts.includes('DEAD')) count.died++;
        }
        if (walked.difference) differences.add(walked.difference);
        options.walked(count.paths, walked, progress());
      }
    };
    await Promise.all(options.machines.map(work));
    return learnt() > before;
  };

  await round(options.paths, options.setups[0]!);
  // The order of a hash may follow from the order of insertion, so try tours in both directions.
  for (const setup of options.untilCovered ? options.setups : [])
    for (const backwards of [false, true]) {
      coverage.nondetNotTaken.fill(0);
      for (let news = true; news && !options.signal.aborted; ) {
        const { taken, blocked, nondetNotTaken } = coverage;
        const settled = { taken, blocked: either(blocked, nondetNotTaken) };
        const paths = transitionTour(model.successors, model.states, LONGEST, {
          coverage: settled,
          backwards,
        });
        news = await round(named(paths, model), setup);
      }
    }

  // Only over transitions that the kernel took: the model's own shortest path may lead over another divergence.
  const via = reach(model, (entry) => coverage.taken[entry] === 1);
  for (const sort of differences.classes.values())
    if (!options.signal.aborted)
      await minimizeShortest(
        sort,
        wayTo(sort.shortest.state, via, model),
        model,
        options.machines[0]!,
      );
  const done = progress();
  const reachable = reach(model, (entry) => coverage.blocked[entry] === 0);
  let unreachableAfterDivergence = 0;
  for (let entry = 0; entry < transitions; entry++) {
    if (coverage.taken[entry] === 1) continue;
    const state = model.successors.source(entry);
    if (coverage.blocked[entry] === 1 || (state !== 0 && reachable[state] === -1))
      unreachableAfterDivergence++;
  }
  const rest = transitions - done.taken - unreachableAfterDivergence;
  const exhausted = options.untilCovered && !options.signal.aborted;
  return {
    ...done,
    unreachableAfterDivergence,
    unforced: exhausted ? rest : 0,
    notTried: exhausted ? 0 : rest,
  };
}

/** Paths that take every transition of the model, as calls. */
export const allPaths = (model: Lts): Iterable<string[]> =>
  named(transitionTour(model.successors, model.states, LONGEST), model);

function* named(paths: Iterable<number[]>, model: Lts): Generator<string[]> {
  for (const path of paths) yield path.map((entry) => model.description(entry));
}

/**
 * Finds a short path to a divergence that reproduces it in a fresh guest. The kernel may remember more than the model's
 * state shows, so the shortest path to that state may not reproduce it. In that case minimizes the path on which it was
 * found.
 */
async function minimizeShortest(
  sort: DivergenceClass,
  short: readonly string[],
  model: Lts,
  machine: SystemUnderTest,
): Promise<void> {
  const came = sort.shortest;
  let shown = came;
  const shows = async (way: readonly string[]) => {
    const calls = [...way, came.call];
    const apart = emptyCoverage(model);
    const { difference, story } = await runTrace(calls, model, machine, came.setup, apart);
    if (
      difference === undefined ||
      story.length !== way.length + 1 ||
      classOf(difference) !== sort.name
    )
      return false;
    shown = difference;
    return true;
  };
  sort.reproducible = await shows(short);
  if (!sort.reproducible) {
    sort.reproducible = await shows(came.way);
    if (sort.reproducible) await minimize(came.way, shows);
  }
  sort.shortest = shown;
}

/**
 * Shortest paths from the first state over `open` transitions: for each state the transition that first reaches it, or
 * -1 if none does.
 */
function reach({ successors, states }: Lts, open: (entry: number) => boolean): Int32Array {
  const via = new Int32Array(states).fill(-1);
  const queue = [0];
  for (const state of queue)
    for (
      let entry = successors.rowStart(state), end = successors.rowStart(state + 1);
      entry < end;
      entry++
    ) {
      const to = successors.to(entry);
      if (to === 0 || via[to] !== -1 || !open(entry)) continue;
      via[to] = entry;
      queue.push(to);
    }
  return via;
}

/** The calls of the path to a reached state. */
function wayTo(goal: number, via: Int32Array, model: Lts): readonly string[] {
  const way: string[] = [];
  for (let state = goal; state !== 0; state = model.successors.source(via[state]!))
    way.push(model.description(via[state]!));
  return way.reverse();
}

const either = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((value, i) => value | b[i]!);
const sum = (flags: Uint8Array): number => flags.reduce((total, flag) => total + flag, 0);
