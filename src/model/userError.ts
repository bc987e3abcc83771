import { oneLine } from './controlCharacters.js';
import type { ErrorCode } from './errorCodes.js';

/**
 * A mistake in the user's input. `message` is one line: the mistake, its place and the fix. The command line prints it
 * and exits with 2.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  constructor(
    readonly code: ErrorCode,
    explanation: string,
  ) {
    super(oneLine(`${code}: ${explanation}`));
  }
}

/** A limit stopped the work before it had a result. The command line prints `message` and exits with 3. */
export class LimitReached extends UserError {}
