import { inspect } from 'node:util';
import { oneLine } from '../../../model/controlCharacters.js';

const MOST_CHARACTERS = 400;

/** What was thrown, whatever that is, on one line, as far as it is of use. */
export function thrownLine(thrown: unknown): string {
  try {
    const text = thrown instanceof Error && thrown.message ? thrown.message : thrown;
    const line = oneLine(typeof text === 'string' ? text : inspect(text)) || 'nothing';
    return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}...` : line;
  } catch {
    return 'what was thrown cannot be shown';
  }
}
