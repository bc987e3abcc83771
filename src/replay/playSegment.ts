import type { StepResult } from '../kernel/guest.js';
import { parseCallerAnswer } from './callerAnswer.js';
import { commandOf, type ScheduledStep } from './schedule.js';

/** The segment of a call that one of several callers makes: `1: register X`, `1 goes on`; undefined: a whole call. */
function segmentOf(call: string): ScheduledStep | undefined {
  const [, caller, rest, begun] = /^(\d+)(?:: (.+)| (goes on))$/.exec(call) ?? [];
  if (caller === undefined || (rest === undefined && begun === undefined)) return undefined;
  return { caller: Number(caller), ...(rest === undefined ? {} : { call: rest }) };
}

/**
 * Makes a call on a kernel, or a segment of one: the caller goes on from lock to lock until it stands as the model lets
 * it stand, is blocked, or returns. The outcome names the lock, without the function that takes it. If the caller never
 * stands so, it is the outcome at the first lock at which the model lets it stand.
 */
export async function playSegment(
  machine: { step(command: string, allowed?: readonly string[]): Promise<StepResult> },
  call: string,
  expected: readonly string[],
): Promise<StepResult> {
  const segment = segmentOf(call);
  if (segment === undefined) return machine.step(call, expected);
  const stops = expected.map((outcome) => outcome.split('; ')[0]);
  const warnings: string[] = [];
  let first: string | undefined;
  for (let step = segment; ; step = { caller: segment.caller }) {
    const result = await machine.step(commandOf(step));
    if (result.kind === 'lost') return result;
    warnings.push(...result.warnings);
    const answer = parseCallerAnswer(result.outcome);
    const stop = `stopped at ${'lock' in answer ? answer.lock : ''}`;
    const outcome =
      answer.kind === 'returned'
        ? result.outcome
        : [`${answer.kind} at ${answer.lock}`, ...answer.observed].join('; ');
    if (expected.includes(outcome)) return { kind: 'answered', outcome, ok: true, warnings };
    if (answer.kind === 'stopped') {
      if (stops.includes(stop)) first ??= outcome;
      continue;
    }
    return { kind: 'answered', outcome: first ?? result.outcome, ok: false, warnings };
  }
}
