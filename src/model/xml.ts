import { oneLine } from './controlCharacters.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text as it stands in XML and HTML, attributes too. */
export const escaped = (text: string): string =>
  possible(text).replace(/[&<>"]/g, (c) => ENTITIES[c]!);

/** A comment; two hyphens would end it. */
export const comment = (lines: readonly string[]): string =>
  `<!--\n${lines.map((line) => `  ${possible(oneLine(line)).replace(/-(?=-)/g, '- ')}\n`).join('')}-->`;

/** XML 1.0 has no way to hold any other character, escaped or not. */
const possible = (text: string): string =>
  text.replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
