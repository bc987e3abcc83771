import { type Coverage, noCoverage } from '../coverage/transitionTour.js';
import type { StepResult } from '../kernel/guest.js';
import type { Lts, Transition } from './lts.js';
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

/** A state that the kernel may be in: outcomes so far do not tell it from the others. */
interface Candidate {
  readonly state: number;
  /** The transitions that lead to it since there were several candidates. */
  readonly entries: readonly number[];
  /** The path leads to it. */
  readonly isPlanned: boolean;
}

/** The candidates after one more transition each, in the order of `moves`. */
function merged(
  moves: readonly (Transition & { readonly from: Candidate })[],
  planned: number | undefined,
): readonly Candidate[] {
  const byState = new Map<number, number[]>();
  for (const { to, entry, from } of moves) {
    const entries = byState.get(to) ?? [];
    byState.set(to, entries);
    entries.push(...from.entries, entry);
  }
  return [...byState].map(([state, entries]) => ({
    state,
    entries: [...new Set(entries)],
    isPlanned: state === planned,
  }));
}

function take(candidates: readonly Candidate[], { taken }: CoverageState): void {
  for (const { entries } of candidates) for (const entry of entries) taken[entry] = 1;
}

/**
 * Runs one path in a fresh guest, compares each outcome, and records the coverage. Where the design leaves a choice
 * open, every choice is allowed and the run continues from the kernel's choice. A planned choice that the kernel did
 * not make is recorded in `nondetNotTaken`. A later outcome may be the first to show which choice it made.
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
  let candidates: readonly Candidate[] = [{ state: 0, entries: [], isPlanned: true }];
  let steps = 0;
  let followed = true;
  for (const description of path) {
    const call = model.callOf(description) ?? description;
    const moves = candidates.flatMap((from) =>
      model.moves(from.state, call).map((move) => ({ ...move, from })),
    );
    if (moves.length === 0) {
      followed = false;
      break;
    }
    const expected = [...new Set(moves.map((move) => move.outcome))];
    const result = await playSegment(machine, call, expected, reported);
    steps++;
    const got = outcomeOf(result, expected);
    story.push({ call: description, outcome: got });
    if (!expected.includes(got)) {
      for (const { entry } of moves) coverage.blocked[entry] = 1;
      take(candidates, coverage);
      const warnings = result.kind === 'answered' ? result.warnings : [];
      const log = result.kind === 'lost' ? result.log : [];
      const { state } = candidates[0]!;
      return {
        steps,
        story,
        followed: false,
        difference: { setup, way, state, call, expected, got, warnings, log },
      };
    }
    const went = moves.filter((move) => move.outcome === got);
    for (const move of moves)
      if (move.from.isPlanned && move.description === description && move.outcome !== got)
        coverage.nondetNotTaken[move.entry] = 1;
    const isPlanned = (move: (typeof moves)[number]) =>
      move.from.isPlanned && move.description === description;
    const [first = went[0]!] = went.filter(isPlanned);
    if (!isPlanned(first)) followed = false;
    way.push(first.description);
    candidates = merged([first, ...went], isPlanned(first) ? first.to : undefined);
    if (candidates.length === 1) {
      take(candidates, coverage);
      candidates = [{ ...candidates[0]!, entries: [], isPlanned: true }];
    }
    if (model.ends(candidates[0]!.state)) break;
  }
  take(candidates, coverage);
  return { steps, story, followed };
}
