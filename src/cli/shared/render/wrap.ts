import { displayWidth } from './displayWidth.js';

/** Maximum columns of text for people, so that it can be quoted in a mail. */
export const COLUMNS = 100;

/**
 * Wraps text, the first line after the prefix `first`, the others after `rest`. A word longer than a line is not split.
 */
export function wrapped(text: string, first = '', rest = first, columns = COLUMNS): string {
  const lines: string[] = [];
  let line = first;
  let width = displayWidth(first);
  let bare = true;
  for (const word of text.split(' ')) {
    const wide = displayWidth(word);
    if (!bare && width + 1 + wide > columns) {
      lines.push(line);
      line = rest;
      width = displayWidth(rest);
      bare = true;
    }
    line += bare ? word : ` ${word}`;
    width += bare ? wide : 1 + wide;
    bare = false;
  }
  return [...lines, line].join('\n');
}
