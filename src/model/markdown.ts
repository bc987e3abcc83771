import { oneLine } from './controlCharacters.js';

/** Escapes text so that GitHub's Markdown shows it literally. */
export const plain = (text: string): string =>
  oneLine(text).replace(
    /[\\`*[\]<>~$&|]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|^[#+=-](?=[ =-]|$)|(?<=^\d+)[.)]/gu,
    (c) => `\\${c}`,
  );

/** Text as a code span, with a fence longer than any run of backticks in it. */
export function code(text: string): string {
  const line = oneLine(text);
  const [longest = ''] = (line.match(/`+/g) ?? []).sort((a, b) => b.length - a.length);
  const fence = `${longest}\``;
  const pad = longest === '' ? '' : ' ';
  return `${fence}${pad}${line}${pad}${fence}`;
}
