import type { Guest as RunningGuest } from '../../../kernel/guest.js';
import { playSegment, type Reported } from '../../../replay/playSegment.js';
import { outcomeOf } from '../../../replay/runTrace.js';
import type { PlayedStep, StepPlayer } from './playSteps.js';

/** A step of the model, with the outcome of a kernel beside it. */
export interface StepBesideKernel extends PlayedStep {
  /** The kernel's outcome; undefined if the guest was lost before. */
  readonly kernel?: string;
  /** Whether the model allows the kernel's outcome. */
  readonly agrees: boolean;
}

/**
 * Plays the steps in the model and on a guest, after the guest's setup. At an open choice, the model takes the
 * alternative that the kernel took. After a difference, only the model plays.
 */
export async function* kernelSteps(
  player: StepPlayer,
  steps: readonly string[],
  guest: RunningGuest,
  setup: string,
): AsyncGenerator<StepBesideKernel> {
  await guest.reset();
  await guest.step(setup);
  const reported: Reported = new Map();
  let agreesSoFar = true;
  for (const typed of steps) {
    if (player.isOver) return;
    const alternatives = player.alternativesOf(typed);
    const first = player.walk.network.stimuli[alternatives[0]!.stimulus]!;
    const outcomes = alternatives.map(({ outcome }) => outcome.join('; '));
    const call = alternatives.length > 1 ? first.call! : (first.call ?? first.description);
    const kernel = agreesSoFar
      ? outcomeOf(await playSegment(guest, call, outcomes, reported), outcomes)
      : undefined;
    const taken = kernel === undefined ? 0 : outcomes.indexOf(kernel);
    if (taken < 0) agreesSoFar = false;
    const played = player.apply(alternatives[Math.max(0, taken)]!, alternatives);
    yield { ...played, ...(kernel !== undefined && { kernel }), agrees: taken >= 0 };
  }
}
