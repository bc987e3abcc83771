/** Columns that text for people keeps to, so that it can be quoted in a mail. */
export const COLUMNS = 100;

/** Text in lines that fit, the first after `first`, the others under it after `rest`. A long word keeps its length. */
export function wrapped(text: string, first = '', rest = first, columns = COLUMNS): string {
  const lines: string[] = [];
  let line = first;
  let bare = true;
  for (const word of text.split(' ')) {
    if (!bare && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = rest;
      bare = true;
    }
    line += bare ? word : ` ${word}`;
    bare = false;
  }
  return [...lines, line].join('\n');
}
