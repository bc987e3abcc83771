/** A table as GitHub renders it; cells are markup already, but for the bars in them. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`)
    .join('\n');

export const list = (items: readonly string[]): string =>
  items.map((item) => `- ${item}`).join('\n');
