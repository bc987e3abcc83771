/** Text that is no markup of GitHub's. */
export const plain = (text: string): string =>
  text
    .replaceAll('\n', ' ')
    .replace(/[\\`*[\]<>~$]|(?<!\w)_|_(?!\w)|^[#+-](?= )/g, (c) => `\\${c}`);

/** Text as code, whatever backticks are in it. */
export function code(text: string): string {
  const [longest = ''] = (text.match(/`+/g) ?? []).sort((a, b) => b.length - a.length);
  const fence = `${longest}\``;
  const pad = longest === '' ? '' : ' ';
  return `${fence}${pad}${text.replaceAll('\n', ' ')}${pad}${fence}`;
}

/** A table as GitHub renders it; cells are markup already, but for the bars in them. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');

export const list = (items: readonly string[]): string =>
  items.map((item) => `- ${item}`).join('\n');
