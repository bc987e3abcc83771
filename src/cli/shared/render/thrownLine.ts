import { inspect } from 'node:util';
import { oneLine } from '../../../model/controlCharacters.js';

const MOST_CHARACTERS = 400;

/** Any thrown value on one line, at most MOST_CHARACTERS long. */
export function thrownLine(thrown: unknown): string {
  try {
    const text = thrown instanceof Error && thrown.message ? thrown.message : thrown;
    const line = oneLine(typeof text === 'string' ? text : inspect(text)) || 'nothing';
    return line.length > MOST_CHARACTERS ? `${line.slice(0, MOST_CHARACTERS)}...` : line;
  } catch {
    return 'the thrown value cannot be shown';
  }
}
