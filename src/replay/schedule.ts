import type { StepResult } from '../kernel/guest.js';
import { type CallerAnswer, parseCallerAnswer } from './callerAnswer.js';

/** One step of a schedule: a caller starts a call, or its call goes on. */
export interface ScheduledStep {
  readonly caller: number;
  /** The call that begins; undefined if the caller's call goes on. */
  readonly call?: string;
}

/** A step that a guest played. */
export interface PlayedStep {
  readonly step: ScheduledStep;
  readonly answer: CallerAnswer | Extract<StepResult, { kind: 'lost' }>;
}

/** Reads `1: unregister X; 2: register Y; 1; 2`. Throws on any other text. */
export function parseSchedule(text: string): readonly ScheduledStep[] {
  return text.split(';').map((part) => {
    const [, caller, call] = /^\s*(\d+)(?:\s*:\s*(\S.*?))?\s*$/.exec(part) ?? [];
    if (caller === undefined)
      throw new Error(`"${part.trim()}" is no step of a schedule: write "1: register X" or "1"`);
    return { caller: Number(caller), ...(call === undefined ? {} : { call }) };
  });
}

/** The guest's command for a step. */
export const commandOf = ({ caller, call }: ScheduledStep): string =>
  call === undefined ? `step ${caller}` : `start ${caller} ${call}`;

/** Plays a schedule from the guest's present state, up to its end or the loss of the guest. */
export async function playSchedule(
  guest: { step(command: string): Promise<StepResult> },
  schedule: string,
): Promise<readonly PlayedStep[]> {
  const played: PlayedStep[] = [];
  for (const step of parseSchedule(schedule)) {
    const result = await guest.step(commandOf(step));
    const lost = result.kind === 'lost';
    played.push({ step, answer: lost ? result : parseCallerAnswer(result.outcome) });
    if (lost) break;
  }
  return played;
}
