import { type Coverage, noCoverage, tour } from '../paths/tour.js';
import { Differences } from './differences.js';
import type { Model } from './model.js';
import { type Machine, type Walked, walk } from './walk.js';

/** Longest path that replay plans by itself: short enough to be told, long enough to be worth a reset. */
const LONGEST = 100;

export interface ReplayOptions {
  /** Guests of one kernel, alike; each walks the next path when it is free. */
  readonly machines: readonly Machine[];
  /** The guest's `setup` command for the scope. */
  readonly setup: string;
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
  const coverage: Coverage & { tried: Uint8Array } = {
    ...noCoverage(transitions),
    tried: new Uint8Array(transitions),
  };
  const differences = new Differences();
  const count = { steps: 0, paths: 0 };
  const progress = (): Progress => ({
    transitions,
    taken: sum(coverage.taken),
    ...count,
    differences,
  });

  const round = async (paths: Iterable<readonly string[]>) => {
    const next = paths[Symbol.iterator]();
    const work = async (machine: Machine) => {
      for (let path = next.next(); !path.done && !options.signal.aborted; path = next.next()) {
        const walked = await walk(path.value, model, machine, options.setup, coverage);
        count.steps += walked.steps;
        count.paths++;
        if (walked.difference) differences.add(walked.difference);
        options.walked(count.paths, walked, progress());
      }
    };
    await Promise.all(options.machines.map(work));
  };

  await round(options.paths);
  for (
    let before = -1;
    options.untilCovered && !options.signal.aborted && before !== sum(coverage.taken);
  ) {
    before = sum(coverage.taken);
    const settled = { taken: either(coverage.taken, coverage.tried), blocked: coverage.blocked };
    await round(named(tour(model.successors, model.states, LONGEST, settled), model));
  }

  const beyond = unreachable(model, coverage);
  let otherChoice = 0;
  let beyondDifferences = 0;
  for (let entry = 0; entry < transitions; entry++) {
    if (coverage.taken[entry] === 1) continue;
    if (coverage.blocked[entry] === 1 || beyond[model.successors.stateOf(entry)] === 1)
      beyondDifferences++;
    else if (coverage.tried[entry] === 1) otherChoice++;
  }
  const done = progress();
  return {
    ...done,
    otherChoice,
    beyondDifferences,
    notTried: transitions - done.taken - otherChoice - beyondDifferences,
  };
}

/** Paths that take every transition of the model, as calls. */
export const allPaths = (model: Model): Iterable<string[]> =>
  named(tour(model.successors, model.states, LONGEST), model);

function* named(paths: Iterable<number[]>, model: Model): Generator<string[]> {
  for (const path of paths) yield path.map((entry) => model.says(entry));
}

/** States, as 1, to which every way leads over a transition where the kernel differs. */
function unreachable({ successors, states }: Model, { blocked }: Coverage): Uint8Array {
  const beyond = new Uint8Array(states).fill(1);
  beyond[0] = 0;
  const queue = [0];
  for (const state of queue)
    for (
      let entry = successors.begin(state), end = successors.begin(state + 1);
      entry < end;
      entry++
    ) {
      const to = successors.to(entry);
      if (blocked[entry] === 1 || beyond[to] === 0) continue;
      beyond[to] = 0;
      queue.push(to);
    }
  return beyond;
}

const either = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((value, i) => value | b[i]!);
const sum = (flags: Uint8Array): number => flags.reduce((total, flag) => total + flag, 0);
