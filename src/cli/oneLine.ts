import { inspect } from 'node:util';

/** Control characters, among them those that a terminal obeys, and the marks that turn the direction of text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it is about
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** A text on one line, which no terminal obeys: line breaks become spaces, other control characters escapes. */
export const oneLine = (text: string): string =>
  text
    .trim()
    .replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')
    .replace(CONTROL, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The first line of what was thrown, whatever that is. */
export function thrownLine(thrown: unknown): string {
  try {
    const text = thrown instanceof Error && thrown.message ? thrown.message : thrown;
    return oneLine(/\S.*/.exec(typeof text === 'string' ? text : inspect(text))?.[0] ?? 'nothing');
  } catch {
    return 'what was thrown cannot be shown';
  }
}
