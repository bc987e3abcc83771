import { oneLine } from './controlCharacters.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Escapes text for XML and HTML, attribute values included. */
export const escaped = (text: string): string =>
  possible(text).replace(/[&<>"]/g, (c) => ENTITIES[c]!);

/** An XML comment. Breaks up double hyphens, which a comment must not contain. */
export const comment = (lines: readonly string[]): string =>
  `<!--\n${lines.map((line) => `  ${possible(oneLine(line)).replace(/-(?=-)/g, '- ')}\n`).join('')}-->`;

/** Replaces the characters that XML 1.0 cannot represent, escaped or not, by U+FFFD. */
const possible = (text: string): string =>
  text.replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
