import fc from 'fast-check';

/** Text that ends a string, a comment or a line in some language, or has other syntax in it. */
const PRINTABLE = [
  ...['"', "'", '`', '\\', '\\"', '\\n', '\\c', '$', `$\{x}`, '$(exit 3)', '%s', '%%', '%n', '??/'],
  ...[
    '*/',
    '/*',
    '//',
    '--',
    '-->',
    '---',
    '<!--',
    ']]>',
    '<b>',
    '</script>',
    '&',
    '&amp;',
    '&#1;',
  ],
  ...['#', '# ', '##', ';', ':', '::', '{', '}', '{{', '[', ']', '](x)', '|', '~', '*', '**', '__'],
  ...['-n', '-', '=', '!', '@', '@enduml', '!include x', 'end note', 'endlegend', 'end legend'],
  ...['__proto__', 'EOF', '1.', 'a', 'b c', ' ', 'é', '\u{1f512}'],
];

/** Control codes of terminals, line ends, and characters that change the direction of text. */
const CONTROLS = [
  '\n',
  '\r',
  '\r\n',
  '\t',
  '\0',
  '\u001b[31m',
  '\u0085',
  '\u2028',
  '\u2029',
  '\u202e',
];

const texts = (pieces: readonly string[]) =>
  fc
    .array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join(''))
    .filter((text) => /[^\s\p{Cc}\u202e]/u.test(text));

/** Names as a network may have them: none begins or ends with white space. */
export const names = texts(PRINTABLE).filter((name) => name.trim() === name);
/** Arbitrary texts. */
export const anyTexts = texts([...PRINTABLE, ...CONTROLS]);
