import { inspect } from 'node:util';
import { oneLine } from '../model/controlCharacters.js';

/** The first line of what was thrown, whatever that is. */
export function thrownLine(thrown: unknown): string {
  try {
    const text = thrown instanceof Error && thrown.message ? thrown.message : thrown;
    return oneLine(/\S.*/.exec(typeof text === 'string' ? text : inspect(text))?.[0] ?? 'nothing');
  } catch {
    return 'what was thrown cannot be shown';
  }
}
