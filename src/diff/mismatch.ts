import type { Json, Message, Stimulus } from '../model/network.js';

/** What one side makes of a call. */
export interface Result {
  readonly how: 'quiescence' | 'unhandled' | 'livelock' | 'not offered';
  readonly emitted: readonly Message[];
  /** The outcome as a person reads it. */
  readonly parts: readonly string[];
  /** The same for programs, where the network tells it. */
  readonly report?: Json;
}

/** A call that two networks end differently after they agreed on every call before. */
export interface Mismatch {
  /** The call, choices included. */
  readonly description: string;
  /** Its stimulus on the first side that offers it. */
  readonly stimulus: Stimulus;
  readonly results: readonly [Result, Result];
}

/** Contrasts of one sort have the same name. */
export type ClassOf = (contrast: Mismatch) => string;

/** For any network: the type of the message, and of what each side said to the world. */
export const classByEmitted: ClassOf = ({ stimulus, results }) =>
  `${stimulus.message.type}: ${results.map(shape).join(' / ')}`;

const shape = ({ how, emitted }: Result): string =>
  how === 'quiescence' ? emitted.map(({ type }) => type).join(', ') || 'nothing said' : how;
