/** The lines of each table of a Markdown text. */
export const tablesOf = (text: string): string[][] =>
  text
    .split('\n\n')
    .filter((block) => block.startsWith('| '))
    .map((block) => block.trimEnd().split('\n'));

/** The cells of a row, as GitHub counts them: a bar after a backslash ends none. */
export const cellsOf = (row: string): string[] =>
  row
    .replace(/^\|/, '')
    .replace(/\|$/, '')
    .split(/(?<!\\)\|/);
