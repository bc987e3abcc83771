import type { Message, Network, Stimulus } from '../model/network.js';

/** A violation in the first state, before any call. */
export const BEFORE_ANY_CALL = -1;

/** Names of break classes (`Network.breakClass`), numbered in the order of their discovery. */
export class BreakClasses {
  readonly names: string[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(readonly network: Network<never>) {}

  /** Number of the class of a call that emitted these messages to the world. */
  numberOf(stimulus: Stimulus, emitted: readonly Message[]): number {
    return this.number(this.nameOf(stimulus, emitted));
  }

  nameOf(stimulus: Stimulus, emitted: readonly Message[]): string {
    return (this.network.breakClass ?? messageTypes)(stimulus, emitted);
  }

  number(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.names.push(name) - 1;
      this.#numbers.set(name, number);
    }
    return number;
  }
}

/** Default break class: the type of the message, and the types of the messages emitted to the world. */
function messageTypes({ message }: Stimulus, emitted: readonly Message[]): string {
  const types = new Set(emitted.map(({ type }) => type));
  return `${message.type}: ${[...types].join(', ') || 'nothing emitted'}`;
}
