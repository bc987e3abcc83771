/** Columns of a mail that can be quoted several times and still fits a terminal. */
export const COLUMNS = 75;

/** Maximum width of a line's prefix. A longer one would leave no room for text. */
const MOST_BEFORE = 50;

/**
 * Wraps text to COLUMNS, the first line after `first`, the others after `rest`. Splits a word that fits on no line, and
 * cuts a prefix that leaves no room.
 */
export function filled(text: string, first = '', rest = first): string {
  if (first.length > MOST_BEFORE)
    return filled(`${first.trim()} ${text}`, /^ */.exec(first)![0].slice(0, MOST_BEFORE), rest);
  const before = rest.slice(0, MOST_BEFORE);
  const lines: string[] = [];
  let line = first;
  let isBare = true;
  const begin = () => {
    lines.push(line.trimEnd());
    line = before;
    isBare = true;
  };
  for (let word of text.split(/\s+/)) {
    if (!isBare && line.length + 1 + word.length > COLUMNS) begin();
    while (isBare && line.length + word.length > COLUMNS) {
      const room = COLUMNS - line.length;
      line += word.slice(0, room);
      word = word.slice(room);
      begin();
    }
    line += isBare ? word : ` ${word}`;
    isBare = false;
  }
  return [...lines, line.trimEnd()].join('\n');
}

/** A command that can be copied: lines end with a backslash, and no word is split. */
export function command(text: string, indent: string): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    const isBare = line.trim() === '';
    if (!isBare && line.length + 1 + word.length + 2 > COLUMNS) {
      lines.push(`${line} \\`);
      line = `${indent}  ${word}`;
    } else line += isBare ? word : ` ${word}`;
  }
  return [...lines, line].join('\n');
}
