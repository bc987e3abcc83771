import { oneLine } from './controlCharacters.js';

/** Text that is no markup of GitHub's. */
export const plain = (text: string): string =>
  oneLine(text).replace(
    /[\\`*[\]<>~$&|]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|^[#+=-](?=[ =-]|$)|(?<=^\d+)[.)]/gu,
    (c) => `\\${c}`,
  );

/** Text as code, whatever backticks are in it. */
export function code(text: string): string {
  const line = oneLine(text);
  const [longest = ''] = (line.match(/`+/g) ?? []).sort((a, b) => b.length - a.length);
  const fence = `${longest}\``;
  const pad = longest === '' ? '' : ' ';
  return `${fence}${pad}${line}${pad}${fence}`;
}
