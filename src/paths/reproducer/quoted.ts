import { oneLine } from '../../model/controlCharacters.js';

/** A string literal of C. No quote, backslash or trigraph of the text ends it. */
export const inC = (text: string): string => `"${oneLine(text).replace(/["\\?]/g, '\\$&')}"`;

/** Text for a comment of C, which the text does not end. */
export const inCComment = (text: string): string => oneLine(text).replaceAll('*/', '* /');

/** One quoted word of a shell. */
export const inShell = (text: string): string => `'${oneLine(text).replaceAll("'", "'\\''")}'`;
