/** A table in GitHub's Markdown. Cells are Markdown already; only their bars are escaped here. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`)
    .join('\n');

/** A bulleted list in Markdown. */
export const list = (items: readonly string[]): string =>
  items.map((item) => `- ${item}`).join('\n');
