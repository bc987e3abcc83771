import { tour } from '../paths/tour.js';
import { Differences, type Sort, sortOf } from './differences.js';
import type { Model } from './model.js';
import { shrink } from './shrink.js';
import { type Machine, nothingWalked, type Walked, walk } from './walk.js';

/** Longest path that replay plans by itself: short enough to be told, long enough to be worth a reset. */
const LONGEST = 100;

export interface ReplayOptions {
  /** Guests of one kernel, alike; each walks the next path when it is free. */
  readonly machines: readonly Machine[];
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
  readonly walked: (number: number, walked: Walked, progress: Progress) => void;
}

export interface Progress {
  readonly transitions: number;
  readonly taken: number;
  readonly steps: number;
  readonly paths: number;
  /** Calls in which the kernel warned, and in which ftrace died, as the model says or not. */
  readonly warned: number;
  readonly died: number;
  readonly differences: Differences;
}

export interface Replayed extends Progress {
  /** Not taken, since the kernel had another choice: the order of its hashes is not ours to set. */
  readonly otherChoice: number;
  /** Not taken, since the kernel does otherwise there, or on every way there. */
  readonly beyondDifferences: number;
  /** Not taken, since there was no path to it or the work was interrupted. */
  readonly notTried: number;
}

/** Walks paths on real kernels beside the model. */
export async function replay(model: Model, options: ReplayOptions): Promise<Replayed> {
  const transitions = model.successors.size;
  const coverage = nothingWalked(model);
  const differences = new Differences();
  const count = { steps: 0, paths: 0, warned: 0, died: 0 };
  const progress = (): Progress => ({
    transitions,
    taken: sum(coverage.taken),
    ...count,
    differences,
  });

  /** Grows with each thing a kernel showed, refusals too: they tell the next plan where not to go. */
  const learnt = () => sum(coverage.taken) + sum(coverage.blocked) + sum(coverage.declined);
  const round = async (paths: Iterable<readonly string[]>, setup: string) => {
    const before = learnt();
    const next = paths[Symbol.iterator]();
    const work = async (machine: Machine) => {
      for (let path = next.next(); !path.done && !options.signal.aborted; path = next.next()) {
        const walked = await walk(path.value, model, machine, setup, coverage);
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
      coverage.declined.fill(0);
      for (let news = true; news && !options.signal.aborted; ) {
        const { taken, blocked, declined } = coverage;
        const settled = { taken, blocked: either(blocked, declined) };
        const paths = tour(model.successors, model.states, LONGEST, {
          coverage: settled,
          backwards,
        });
        news = await round(named(paths, model), setup);
      }
    }

  // Only where the kernel went along: the model's own shortest way may lead over another difference.
  const via = reach(model, (entry) => coverage.taken[entry] === 1);
  for (const sort of differences.sorts.values())
    if (!options.signal.aborted)
      await tellShortest(sort, wayTo(sort.shortest.state, via, model), model, options.machines[0]!);
  const done = progress();
  const reachable = reach(model, (entry) => coverage.blocked[entry] === 0);
  let beyondDifferences = 0;
  for (let entry = 0; entry < transitions; entry++) {
    if (coverage.taken[entry] === 1) continue;
    const state = model.successors.stateOf(entry);
    if (coverage.blocked[entry] === 1 || (state !== 0 && reachable[state] === -1))
      beyondDifferences++;
  }
  const rest = transitions - done.taken - beyondDifferences;
  const exhausted = options.untilCovered && !options.signal.aborted;
  return {
    ...done,
    beyondDifferences,
    otherChoice: exhausted ? rest : 0,
    notTried: exhausted ? 0 : rest,
  };
}

/** Paths that take every transition of the model, as calls. */
export const allPaths = (model: Model): Iterable<string[]> =>
  named(tour(model.successors, model.states, LONGEST), model);

function* named(paths: Iterable<number[]>, model: Model): Generator<string[]> {
  for (const path of paths) yield path.map((entry) => model.says(entry));
}

/**
 * Finds a short way to a difference that makes it come again in a fresh guest. The model's state
 * may hide what the kernel remembers, so the shortest way to the state is only tried first; else
 * the way on which it came is made as short as it can be.
 */
async function tellShortest(
  sort: Sort,
  short: readonly string[],
  model: Model,
  machine: Machine,
): Promise<void> {
  const came = sort.shortest;
  let shown = came;
  const shows = async (way: readonly string[]) => {
    const calls = [...way, came.call];
    const apart = nothingWalked(model);
    const { difference, story } = await walk(calls, model, machine, came.setup, apart);
    if (
      difference === undefined ||
      story.length !== way.length + 1 ||
      sortOf(difference) !== sort.sort
    )
      return false;
    shown = difference;
    return true;
  };
  sort.cameAgain = await shows(short);
  if (!sort.cameAgain) {
    sort.cameAgain = await shows(came.way);
    if (sort.cameAgain) await shrink(came.way, shows);
  }
  sort.shortest = shown;
}

/**
 * Shortest ways from the first state over transitions that are `open`: for each state the
 * transition that it is first reached by, or -1 where it is not.
 */
function reach({ successors, states }: Model, open: (entry: number) => boolean): Int32Array {
  const via = new Int32Array(states).fill(-1);
  const queue = [0];
  for (const state of queue)
    for (
      let entry = successors.begin(state), end = successors.begin(state + 1);
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
function wayTo(goal: number, via: Int32Array, model: Model): readonly string[] {
  const way: string[] = [];
  for (let state = goal; state !== 0; state = model.successors.stateOf(via[state]!))
    way.push(model.says(via[state]!));
  return way.reverse();
}

const either = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((value, i) => value | b[i]!);
const sum = (flags: Uint8Array): number => flags.reduce((total, flag) => total + flag, 0);
