import { stripVTControlCharacters } from 'node:util';

/** Characters without a column of their own: controls, formats, combining marks. */
const ZERO = /^[\p{Cc}\p{Cf}\p{Mn}\p{Me}]+$/u;
/** Characters of two columns: emoji, and those that Unicode's EastAsianWidth calls wide or fullwidth. */
const TWO =
  /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

const graphemes = new Intl.Segmenter();

/** The columns that one line of text takes on a terminal, without its color codes. */
export function displayWidth(text: string): number {
  const plain = stripVTControlCharacters(text);
  if (/^[ -~]*$/.test(plain)) return plain.length;
  let width = 0;
  for (const { segment } of graphemes.segment(plain))
    width += TWO.test(segment) ? 2 : ZERO.test(segment) ? 0 : 1;
  return width;
}
