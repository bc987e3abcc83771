const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text as it stands in XML and HTML, attributes too. */
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => ENTITIES[c]!);

/** A comment; two hyphens would end it. */
export const comment = (lines: readonly string[]): string =>
  `<!--\n${lines.map((line) => `  ${line.replaceAll('--', '- -')}\n`).join('')}-->`;
