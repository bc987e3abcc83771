/** Columns of a mail that can be quoted a few times and still fits a terminal. */
export const COLUMNS = 75;

/** Of what comes before a line; without room after it nothing could ever be said. */
const MOST_BEFORE = 50;

/**
 * Text in lines that never are longer, the first after `first`, the others after `rest`. A word that
 * fits no line is cut, and so is what comes before a line and leaves it no room.
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

/** A command that can be copied: its lines end as a shell wants it, and no word of it is cut. */
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
