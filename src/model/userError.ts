import { oneLine } from './controlCharacters.js';

/**
 * A mistake in what the user gave us, said in one line: what, where, what to do instead.
 * The command line prints `message` and exits with 2.
 */
export class UserError extends Error {
  override readonly name = 'Fault';
  constructor(
    /** RW0xx command line, RW1xx machines, RW2xx networks, RW3xx paths and stories */
    readonly code: `RW${number}`,
    explanation: string,
  ) {
    super(oneLine(`${code}: ${explanation}`));
  }
}

/** Work that was stopped by a limit before it came to a result. The command line prints `message` and exits with 3. */
export class LimitReached extends UserError {}
