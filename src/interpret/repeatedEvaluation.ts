import { UserError } from '../model/userError.js';
import { exactText } from './exactText.js';

/** The first ALWAYS evaluations of a function run twice, then one of STRIDE, since a search may make millions. */
const ALWAYS = 1_000;
const STRIDE = 64;

/** Hash of the reads of the current evaluation, in order. */
let readings = 0;
let isSecond = false;

/** Records a read of a state. `look` is the number of the selector. */
export function recordRead(look: number): void {
  readings = Math.imul(readings ^ look, 0x9e3779b1) ^ (readings >>> 15);
}

/** Whether the current evaluation is the second one, whose reads were observed in the first. */
export const isRepeated = (): boolean => isSecond;

/** Evaluates a user function twice, to check that it returns the same result after the same reads. */
export class RepeatedEvaluation {
  #evaluations = 0;

  constructor(
    /** Name in error messages: `rule "lit"`. */
    readonly who: string,
  ) {}

  /** Returns the result of `work`. `reset` runs before a second evaluation. Throws RW121 if results or reads differ. */
  evaluate<T>(work: () => T, reset?: () => void): T {
    const evaluation = this.#evaluations++;
    if (isSecond || (evaluation >= ALWAYS && evaluation % STRIDE !== 0)) return work();
    readings = 0;
    const one = work();
    const read = readings;
    readings = 0;
    reset?.();
    isSecond = true;
    try {
      const other = work();
      if (!isSame(one, other))
        throw this.#differs(
          'returns another result',
          'it reads or changes something outside of the state',
        );
      if (read !== readings)
        throw this.#differs(
          'reads something else',
          'keep no value that was read earlier, because it belongs to another state',
        );
    } finally {
      isSecond = false;
    }
    return one;
  }

  #differs(how: string, why: string): UserError {
    return new UserError('RW121', `${this.who} ${how} the second time: ${why}`);
  }
}

const isSame = (one: unknown, other: unknown): boolean =>
  typeof one === 'object' ? exactText(one, 'it') === exactText(other, 'it') : one === other;
