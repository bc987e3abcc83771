import { type Check, check } from '../../search/check.js';
import type { Checked } from './checkResult.js';
import { evidenceOf } from './evidence.js';
import { type LimitFlags, limitsOf } from './limits.js';
import { type Observation, observations } from './observations.js';
import { type ProgressReporter, searchProgress } from './progress.js';
import type { Target } from './target.js';

/** Checks a target, and adds the evidence of kernels for broken rules. */
export async function checkTarget(
  target: Target,
  flags: LimitFlags,
  signal: AbortSignal,
  reporter: ProgressReporter,
): Promise<Checked> {
  const done = await check(target.network, {
    ...limitsOf(flags, signal),
    reductions: 'auto',
    progress: searchProgress(target.name, reporter),
  });
  return checkedAs(target, done, observations());
}

/** A checked target, with the evidence of these observations. */
export const checkedAs = (
  { name, scope, design, domain }: Target,
  check: Check,
  seen: readonly Observation[],
): Checked => ({
  target: name,
  ...(scope && { scope }),
  check,
  played: domain.guest !== undefined,
  evidence: domain.guest === undefined ? new Map() : evidenceOf(check, design, seen),
});
