import type { Json, Message, Stimulus } from '../model/network.js';

/** The outcome of a call on one side. */
export interface Result {
  readonly how: 'quiescence' | 'unhandled' | 'livelock' | 'not offered';
  readonly emitted: readonly Message[];
  /** The outcome as text for people. */
  readonly parts: readonly string[];
  /** The outcome as data, if the network provides it. */
  readonly report?: Json;
}

/** A call with different outcomes in two networks after they agreed on every call before it. */
export interface Mismatch {
  /** The call, choices included. */
  readonly description: string;
  /** Its stimulus on the first side that enables it. */
  readonly stimulus: Stimulus;
  readonly results: readonly [Result, Result];
}

/** Names the divergence class of a mismatch. Mismatches of one class have the same name. */
export type ClassOf = (contrast: Mismatch) => string;

/** The class for any network: the type of the message, and the types of the messages that each side emitted. */
export const classByEmitted: ClassOf = ({ stimulus, results }) =>
  `${stimulus.message.type}: ${results.map(shape).join(' / ')}`;

const shape = ({ how, emitted }: Result): string =>
  how === 'quiescence' ? emitted.map(({ type }) => type).join(', ') || 'nothing emitted' : how;
