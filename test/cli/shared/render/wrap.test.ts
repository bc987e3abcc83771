import { expect, test } from 'vitest';
import { COLUMNS, wrapped } from '../../../../src/cli/shared/render/wrap.js';

test('a line is at most as wide as the columns', () => {
  expect(wrapped('aaaa bbbb', '', '', 9)).toBe('aaaa bbbb');
  expect(wrapped('aaaa bbbb', '', '', 8)).toBe('aaaa\nbbbb');
});

test('the first line and the others have separate margins, which count', () => {
  expect(wrapped('aa bb cc', '1 ', '   ', 7)).toBe('1 aa bb\n   cc');
  expect(wrapped('aa bb', '  ', undefined, 4)).toBe('  aa\n  bb');
});

test('a word that is too long stands alone and is not split', () => {
  expect(wrapped('a bbbbbbbb c', '', ' ', 5)).toBe('a\n bbbbbbbb\n c');
  expect(wrapped('bbbbbbbb', '> ', '', 5)).toBe('> bbbbbbbb');
});

test('no word is lost', () => {
  const words = Array.from({ length: 200 }, (_, i) => 'x'.repeat((i % 17) + 1));
  const text = wrapped(words.join(' '), '  ', '    ');
  expect(text.trim().split(/\s+/)).toEqual(words);
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(COLUMNS);
});
