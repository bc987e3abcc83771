import type { StepResult } from '../kernel/guest.js';
import type { GuestFailure } from '../kernel/guestFailure.js';
import { parseCallerAnswer } from './callerAnswer.js';
import { type End, isMark, isRecord, MARKS, NO_RETURN } from './callPairs.js';
import { commandOf, type PlayedStep, type ScheduledStep } from './schedule.js';

/** A schedule of two calls, as a kernel played it. */
export interface PlayedSchedule {
  /** The steps that moved a caller, and those at which one was blocked. */
  readonly steps: readonly PlayedStep[];
  /** How the calls ended, or how the guest was lost. */
  readonly end: End | GuestFailure;
}

interface Caller {
  readonly number: number;
  readonly call: string;
  begun: boolean;
  returned: string | undefined;
  callbacks: readonly string[];
}

/**
 * Plays every schedule of two calls on a kernel: at each place where a call stops, each caller that a lock does not
 * block goes on. `begin` brings the guest to the state in which the calls begin, before each schedule; after it returned
 * false, no more is played. Stateless search: nothing is stored but the schedules that are still to be played
 * (Godefroid, "Model Checking for Programming Languages using VeriSoft", 1997).
 */
export async function* allSchedules(
  guest: { step(command: string): Promise<StepResult> },
  calls: readonly [string, string],
  begin: () => Promise<boolean>,
): AsyncGenerator<PlayedSchedule> {
  const open: (readonly number[])[] = [[2], [1]];
  for (let way = open.pop(); way !== undefined; way = open.pop()) {
    if (!(await begin())) return;
    const played = await playAlong(guest, calls, way, (other) => open.push(other));
    if (played !== undefined) yield played;
  }
}

/**
 * Plays one schedule that begins with the callers of `way`, and reports each way that leaves it further on. Undefined
 * if the last caller of `way` is blocked: the schedule is then one that another way covers.
 */
async function playAlong(
  guest: { step(command: string): Promise<StepResult> },
  calls: readonly [string, string],
  way: readonly number[],
  branch: (way: readonly number[]) => void,
): Promise<PlayedSchedule | undefined> {
  const callers = calls.map(
    (call, i): Caller => ({
      number: i + 1,
      call,
      begun: false,
      returned: undefined,
      callbacks: [],
    }),
  );
  const steps: PlayedStep[] = [];
  const marks = new Set<string>();
  const went: number[] = [];
  const blocked = new Set<Caller>();
  let records = '';
  for (;;) {
    const ready = callers.filter((one) => one.returned === undefined && !blocked.has(one));
    if (ready.length === 0) break;
    const given = way[went.length];
    const next =
      callers.find(({ number }) => number === given) ??
      ready.find(({ number }) => number === went.at(-1)) ??
      ready[0]!;
    const step: ScheduledStep = next.begun
      ? { caller: next.number }
      : { caller: next.number, call: next.call };
    const result = await guest.step(commandOf(step));
    if (result.kind === 'lost')
      return { steps: [...steps, { step, answer: result }], end: result.how };
    const answer = parseCallerAnswer(result.outcome);
    steps.push({ step, answer });
    if (answer.kind === 'blocked') {
      if (given !== undefined) return undefined;
      blocked.add(next);
      continue;
    }
    if (given === undefined)
      for (const other of ready) if (other !== next) branch([...went, other.number]);
    went.push(next.number);
    blocked.clear();
    next.begun = true;
    if (answer.kind === 'returned') next.returned = answer.returned;
    next.callbacks = answer.observed.filter((part) => !isRecord(part) && !isMark(part));
    for (const part of answer.observed) if (isMark(part)) marks.add(part);
    records = answer.observed.filter(isRecord).join('; ');
  }
  const returned = callers.map(({ returned = NO_RETURN, callbacks }) =>
    [returned, ...callbacks].join('; '),
  );
  return { steps, end: { returned, marks: MARKS.filter((mark) => marks.has(mark)), records } };
}
