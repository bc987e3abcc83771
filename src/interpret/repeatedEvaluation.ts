import { UserError } from '../model/userError.js';
import { exactText } from './exactText.js';

/** So many evaluations of a function are made twice, and then each 64th: a search may make millions of them. */
const ALWAYS = 1_000;
const STRIDE = 64;

/** The readings of the present evaluation, in their order, as a hash. */
let readings = 0;
let isSecond = false;

/** Notes that somebody reads a state; `look`: a number for what is read. */
export function recordRead(look: number): void {
  readings = Math.imul(readings ^ look, 0x9e3779b1) ^ (readings >>> 15);
}

/** Whether the present evaluation only repeats one that was observed already. */
export const isRepeated = (): boolean => isSecond;

/** A function of the user's that must answer the same as often as it is asked, and read the same for that. */
export class RepeatedEvaluation {
  #asked = 0;

  constructor(
    /** As messages name it: `rule "lit"`. */
    readonly who: string,
  ) {}

  /** What `ask` answers; `reset` is called before it is asked again. Throws RW121 where it answers otherwise then. */
  evaluate<T>(ask: () => T, reset?: () => void): T {
    const asked = this.#asked++;
    if (isSecond || (asked >= ALWAYS && asked % STRIDE !== 0)) return ask();
    readings = 0;
    const one = ask();
    const read = readings;
    readings = 0;
    reset?.();
    isSecond = true;
    try {
      const other = ask();
      if (!isSame(one, other))
        throw this.#differs(
          'answers differently',
          'something outside of the state is read or changed',
        );
      if (read !== readings)
        throw this.#differs(
          'reads something else',
          'what was read before must not be kept, since it is of another state then',
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
