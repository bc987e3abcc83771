import { type Coverage, noCoverage } from '../coverage/transitionTour.js';
import type { StepResult } from '../kernel/guest.js';
import type { Lts } from './lts.js';
import { playSegment, type Reported } from './playSegment.js';

/** The part of a guest that replay needs. */
export interface SystemUnderTest {
  reset(): Promise<void>;
  step(command: string, allowed?: readonly string[]): Promise<StepResult>;
}

/** An outcome of the kernel that the model does not allow. */
export interface Divergence {
  /** The guest's setup, the calls on which kernel and model agreed, the state they lead to, and the call. */
  readonly setup: string;
  readonly way: readonly string[];
  readonly state: number;
  readonly call: string;
  /** Outcomes that the model allows. */
  readonly expected: readonly string[];
  /** The kernel's outcome, or how the guest was lost. */
  readonly got: string;
  readonly warnings: readonly string[];
  /** Last lines of the console of a lost guest. */
  readonly log: readonly string[];
}

/** The result of running one path. */
export interface TraceRun {
  readonly steps: number;
  /** The executed steps: call and outcome. */
  readonly story: readonly { readonly call: string; readonly outcome: string }[];
  readonly difference?: Divergence;
  /** Whether the kernel made every choice of the path, to its end. */
  readonly followed: boolean;
}

/** Coverage of each transition. `nondetNotTaken`: the kernel had this choice and made another. */
export interface CoverageState extends Coverage {
  readonly nondetNotTaken: Uint8Array;
}

/** Coverage before the first path. */
export const emptyCoverage = ({ successors: { size } }: Lts): CoverageState => ({
  ...noCoverage(size),
  nondetNotTaken: new Uint8Array(size),
});

/**
 * The outcome of a step on a kernel. A design may predict that the kernel oopses (OOPS) or panics (PANIC). A lost guest
 * shows no more than that, so it is the whole outcome.
 */
export function outcomeOf(result: StepResult, expected: readonly string[]): string {
  if (result.kind === 'answered') return result.outcome;
  const predicted = result.how.toUpperCase();
  return expected.includes(predicted) ? predicted : `lost: ${result.how}`;
}

/**
 * Runs one path in a fresh guest, compares each outcome, and records the coverage. Where the design leaves a choice
 * open, every choice is allowed and the run continues from the kernel's choice. A planned choice that the kernel did
 * not make is recorded in `nondetNotTaken`.
 */
export async function runTrace(
  path: readonly string[],
  model: Lts,
  machine: SystemUnderTest,
  setup: string,
  coverage: CoverageState,
): Promise<TraceRun> {
  await machine.reset();
  const story: { call: string; outcome: string }[] = [];
  const way: string[] = [];
  const reported: Reported = new Map();
  const ready = await machine.step(setup);
  if (ready.kind === 'lost') {
    const got = `lost: ${ready.how}`;
    const lost = { call: setup, expected: ['0'], got, warnings: [], log: ready.log };
    return { steps: 0, story, followed: false, difference: { setup, way, state: 0, ...lost } };
  }
  let state = 0;
  let steps = 0;
  let followed = true;
  for (const description of path) {
    const call = model.callOf(description) ?? description;
    const moves = model.moves(state, call);
    if (moves.length === 0) return { steps, story, followed: false };
    const expected = [...new Set(moves.map((move) => move.outcome))];
    const result = await playSegment(machine, call, expected, reported);
    steps++;
    const got = outcomeOf(result, expected);
    story.push({ call: description, outcome: got });
    if (!expected.includes(got)) {
      for (const { entry } of moves) coverage.blocked[entry] = 1;
      const warnings = result.kind === 'answered' ? result.warnings : [];
      const log = result.kind === 'lost' ? result.log : [];
      return {
        steps,
        story,
        followed: false,
        difference: { setup, way, state, call, expected, got, warnings, log },
      };
    }
    const went = moves.filter((move) => move.outcome === got);
    for (const { entry } of went) coverage.taken[entry] = 1;
    for (const move of moves)
      if (move.description === description && move.outcome !== got)
        coverage.nondetNotTaken[move.entry] = 1;
    const planned = went.find((move) => move.description === description);
    if (planned === undefined) followed = false;
    const move = planned ?? went[0]!;
    way.push(move.description);
    state = move.to;
    if (model.ends(state)) break;
  }
  return { steps, story, followed };
}
