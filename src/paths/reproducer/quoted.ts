import { oneLine } from '../../model/controlCharacters.js';

/** A string literal of C: no quote, backslash or trigraph of the text ends it. */
export const inC = (text: string): string => `"${oneLine(text).replace(/["\\?]/g, '\\$&')}"`;

/** A comment of C that the text does not end. */
export const inCComment = (text: string): string => oneLine(text).replaceAll('*/', '* /');

/** One word of a shell. */
export const inShell = (text: string): string => `'${oneLine(text).replaceAll("'", "'\\''")}'`;
