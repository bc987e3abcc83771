import type { StepResult } from '../kernel/guest.js';
import { parseCallerAnswer } from './callerAnswer.js';
import { isMark, isRecord } from './callPairs.js';
import { commandOf, type ScheduledStep } from './schedule.js';

/** The segment of a call that one of several callers makes: `1: register X`, `1 goes on`; undefined: a whole call. */
export function segmentOf(call: string): ScheduledStep | undefined {
  const [, caller, rest, begun] = /^(\d+)(?:: (.+)| (goes on))$/.exec(call) ?? [];
  if (caller === undefined || (rest === undefined && begun === undefined)) return undefined;
  return { caller: Number(caller), ...(rest === undefined ? {} : { call: rest }) };
}

/** By caller: the number of callbacks of its call that the outcomes of earlier segments have. */
export type Reported = Map<number, number>;

/**
 * Makes a call on a kernel, or a segment of one: the caller goes on from lock to lock until it stands as the model lets
 * it stand, is blocked, or returns. The outcome names the lock, without the function that takes it, and has the
 * callbacks of this segment: a guest answers with all of the call so far, of which `reported` says how many are known.
 * If the caller never stands as the model lets it stand, it is the outcome at the first lock where the model does.
 */
export async function playSegment(
  machine: { step(command: string, allowed?: readonly string[]): Promise<StepResult> },
  call: string,
  expected: readonly string[],
  reported: Reported,
): Promise<StepResult> {
  const segment = segmentOf(call);
  if (segment === undefined) return machine.step(call, expected);
  const { caller } = segment;
  const known = segment.call === undefined ? (reported.get(caller) ?? 0) : 0;
  const stops = expected.map((outcome) => outcome.split('; ')[0]);
  const warnings: string[] = [];
  let first: string | undefined;
  for (let step = segment; ; step = { caller }) {
    const result = await machine.step(commandOf(step));
    if (result.kind === 'lost') return result;
    warnings.push(...result.warnings);
    const answer = parseCallerAnswer(result.outcome);
    const callbacks = answer.observed.filter((part) => !isRecord(part) && !isMark(part));
    reported.set(caller, callbacks.length);
    const stands =
      answer.kind === 'returned' ? answer.returned : `${answer.kind} at ${answer.lock}`;
    const outcome = [stands, ...without(answer.observed, callbacks.slice(0, known))].join('; ');
    if (expected.includes(outcome)) return { kind: 'answered', outcome, ok: true, warnings };
    if (answer.kind === 'stopped') {
      if (stops.includes(stands)) first ??= outcome;
      continue;
    }
    const got = answer.kind === 'blocked' ? result.outcome : outcome;
    return { kind: 'answered', outcome: first ?? got, ok: false, warnings };
  }
}

/** The parts without the first of each of `others`. */
function without(parts: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...parts];
  for (const other of others) left.splice(left.indexOf(other), 1);
  return left;
}
