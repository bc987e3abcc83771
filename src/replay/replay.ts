import { transitionTour } from '../coverage/transitionTour.js';
import { classOf, type DivergenceClass, DivergenceClasses } from './divergenceClasses.js';
import type { Lts } from './lts.js';
import { minimize } from './minimize.js';
import { emptyCoverage, runTrace, type SystemUnderTest, type TraceRun } from './runTrace.js';

/** Longest path that replay plans by itself: short enough to be told, long enough to be worth a reset. */
const LONGEST = 100;

export interface ReplayOptions {
  /** Guests of one kernel, alike; each walks the next path when it is free. */
  readonly machines: readonly SystemUnderTest[];
  /**
   * The guest's `setup` commands for the scope, the first one for `paths`. The others take other
   * functions, for the sake of the order of their hashes: they are tried for what is left.
   */
  readonly setups: readonly string[];
  readonly paths: Iterable<readonly string[]>;
  /** After `paths`: plan further paths until no transition is left that the kernel would take. */
  readonly untilCovered: boolean;
  readonly signal: AbortSignal;
  /** Told after each path, with its number from 1. */
  readonly walked: (number: number, walked: TraceRun, progress: Progress) => void;
}

export interface Progress {
  readonly transitions: number;
  readonly taken: number;
  readonly steps: number;
  readonly paths: number;
  /** Calls in which the kernel warned, and in which ftrace died, as the model says or not. */
  readonly warned: number;
  readonly died: number;
  readonly differences: DivergenceClasses;
}

export interface Replayed extends Progress {
  /** Not taken, since the kernel had another choice: the order of its hashes is not ours to set. */
  readonly unforced: number;
  /** Not taken, since the kernel does otherwise there, or on every way there. */
  readonly unreachableAfterDivergence: number;
  /** Not taken, since there was no path to it or the work was interrupted. */
  readonly notTried: number;
}

/** Walks paths on real kernels beside the model. */
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

  /** Grows with each thing a kernel showed, refusals too: they tell the next plan where not to go. */
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
  // The order of a hash may follow from the order in which its entries came: go both ways round.
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

  // Only where the kernel went along: the model's own shortest way may lead over another difference.
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
 * Finds a short way to a difference that makes it come again in a fresh guest. The model's state
 * may hide what the kernel remembers, so the shortest way to the state is only tried first; else
 * the way on which it came is made as short as it can be.
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
 * Shortest ways from the first state over transitions that are `open`: for each state the
 * transition that it is first reached by, or -1 where it is not.
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

/** The calls that lead to a state that was reached. */
function wayTo(goal: number, via: Int32Array, model: Lts): readonly string[] {
  const way: string[] = [];
  for (let state = goal; state !== 0; state = model.successors.source(via[state]!))
    way.push(model.description(via[state]!));
  return way.reverse();
}

const either = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((value, i) => value | b[i]!);
const sum = (flags: Uint8Array): number => flags.reduce((total, flag) => total + flag, 0);
