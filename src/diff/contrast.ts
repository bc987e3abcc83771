import type { Json, Message, Stimulus } from '../model/network.js';

/** What one side makes of a call. */
export interface Ending {
  readonly how: 'silence' | 'unheard' | 'babble' | 'not offered';
  readonly said: readonly Message[];
  /** The outcome as a person reads it. */
  readonly parts: readonly string[];
  /** The same for programs, where the network tells it. */
  readonly report?: Json;
}

/** A call that two networks end differently after they agreed on every call before. */
export interface Contrast {
  /** The call, choices included. */
  readonly says: string;
  /** Its stimulus on the first side that offers it. */
  readonly stimulus: Stimulus;
  readonly endings: readonly [Ending, Ending];
}

/** Contrasts of one sort have the same name. */
export type SortOf = (contrast: Contrast) => string;

/** For any network: the type of the message, and of what each side said to the world. */
export const sortBySaid: SortOf = ({ stimulus, endings }) =>
  `${stimulus.message.type}: ${endings.map(shape).join(' / ')}`;

const shape = ({ how, said }: Ending): string =>
  how === 'silence' ? said.map(({ type }) => type).join(', ') || 'nothing said' : how;
