/**
 * Characters that change how a terminal or a file shows a text: C0, DEL and C1, the Unicode line and paragraph
 * separators, and the bidirectional controls ("Trojan Source", CVE-2021-42574).
 */
const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const CONTROLS = new RegExp(CONTROL, 'gu');

const hex = (character: string) => character.codePointAt(0)!.toString(16).padStart(4, '0');

/** The first control character of a text in Unicode notation, such as U+001B; undefined if there is none. */
export function controlIn(text: string): string | undefined {
  const [found] = CONTROL.exec(text) ?? [];
  return found === undefined ? undefined : `U+${hex(found).toUpperCase()}`;
}

/** A text on one line without control characters: line breaks become spaces, other control characters escapes. */
export const oneLine = (text: string): string =>
  text
    .trim()
    .replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ')
    .replace(CONTROLS, (character) => `\\u${hex(character)}`);

/** A value thrown by user code as one line of text. Works for any value, also for objects whose toString() throws. */
export function thrown(error: unknown): string {
  try {
    return oneLine(String(error)) || 'an empty text';
  } catch {
    return 'an object without a text';
  }
}
