import { expect, test } from 'vitest';
import { onTerminal } from '../../../src/cli/shared/progress.js';

/** The rows of a terminal after this output. It supports line ends, and the codes that move up and erase. */
function shown(columns: number, use: (terminal: ReturnType<typeof onTerminal>) => void): string[] {
  const rows = [''];
  let at = 0;
  const write = (text: string) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of terminals begin with one
    for (const [part] of text.matchAll(/\x1b\[\d*[A-Z]|\n|[^\n\x1b]/gu)) {
      if (part === '\n') rows[++at] ??= '';
      else if (part.endsWith('A') && part.startsWith('\x1b')) at -= Number(part.slice(2, -1));
      else if (part === '\x1b[J') rows.splice(at, rows.length, '');
      else {
        if (rows[at]!.length === columns) rows[++at] = '';
        rows[at] += part;
      }
    }
    return true;
  };
  use(onTerminal({ columns, write }));
  return rows;
}

test('a line replaces the one before it, over any number of rows', () => {
  for (const length of [1, 19, 20, 21, 40, 41, 100])
    expect(
      shown(20, ({ progress }) => {
        progress('x'.repeat(length));
        progress('y'.repeat(35));
        progress('z');
      }),
    ).toEqual(['z', '']);
});

test('other output begins on a line of its own', () => {
  expect(shown(20, ({ progress }) => progress('x'.repeat(20)))).toEqual(['x'.repeat(20), '']);
});

test('clears the whole line, and erases nothing else', () => {
  expect(
    shown(20, ({ progress, clear }) => {
      clear();
      progress('x'.repeat(45));
      clear();
      clear();
    }),
  ).toEqual(['']);
});

test('a notice stays, and the progress line goes on below it', () => {
  expect(
    shown(20, ({ progress, notice, clear }) => {
      progress('x'.repeat(25));
      notice('now another');
      progress('y');
      clear();
    }),
  ).toEqual(['now another', '']);
});
