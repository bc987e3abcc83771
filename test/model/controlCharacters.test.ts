import { expect, test } from 'vitest';
import { controlIn, oneLine, thrown } from '../../src/model/controlCharacters.js';
import { UserError } from '../../src/model/userError.js';

test.each([
  ['a line break', 'one\ntwo', 'one two'],
  ['a line break of Windows, and indentation', 'one \r\n\t two\n', 'one two'],
  ['a colour', '\x1b[31mred\x1b[0m', '\\u001b[31mred\\u001b[0m'],
  ['DEL and C1', 'a\x7fb\x9bc', 'a\\u007fb\\u009bc'],
  ['separators of Unicode', 'a\u2028b\u2029c', 'a b c'],
  ['text in the other direction', 'a\u202eb\u2066c', 'a\\u202eb\\u2066c'],
  ['nothing to escape', 'žluťoučký → 한국어 👍', 'žluťoučký → 한국어 👍'],
])('%s', (_what, text, line) => {
  expect(oneLine(text)).toBe(line);
  expect(controlIn(line)).toBeUndefined();
});

test('finds the first control character, in Unicode notation', () => {
  expect(controlIn('a\u2028b\x1b')).toBe('U+2028');
  expect(controlIn('a\x1bb')).toBe('U+001B');
});

test.each([
  ['an error', new TypeError('no\nway'), 'TypeError: no way'],
  ['nothing', undefined, 'undefined'],
  ['null', null, 'null'],
  ['an object without a prototype', Object.create(null), 'an object without a text'],
  [
    'an error whose message throws',
    Object.defineProperty(new Error(), 'message', {
      get() {
        throw new Error('again');
      },
    }),
    'an object without a text',
  ],
  ['a symbol', Symbol('s'), 'Symbol(s)'],
  ['an empty text', '', 'an empty text'],
])('thrown: %s', (_what, error, line) => {
  expect(thrown(error)).toBe(line);
});

test('the message of an error is one line for any text', () => {
  expect(new UserError('RW015', 'x:\n\x1b[31mred').message).toBe('RW015: x: \\u001b[31mred');
});
