import { expect, test } from 'vitest';
import { displayWidth } from '../../../../src/cli/shared/render/displayWidth.js';
import { table } from '../../../../src/cli/shared/render/table.js';

test('columns are two spaces apart, and no line ends with a space', () => {
  expect(
    table(
      [
        ['rule', 'states', ''],
        ['a', '12', 'text'],
        ['', '3,456,789', ''],
      ],
      [{}, { align: 'right' }, {}],
    ),
  ).toBe(['rule     states', 'a            12  text', '      3,456,789'].join('\n'));
});

test('a column with a width wraps its cells, and colors each line', () => {
  const color = (line: string) => `<${line}>`;
  const rows = [
    ['a', 'aa bb cc'],
    ['b', ''],
    ['c', 'eeeeeeeee f'],
  ];
  expect(table(rows, [{}, { width: 5, color }])).toBe(
    ['a  <aa bb>', '   <cc>', 'b', 'c  <eeeeeeeee>', '   <f>'].join('\n'),
  );
});

test('wide characters take two columns, and color codes none', () => {
  const rows = [
    ['日本', 'a'],
    ['\x1b[1mbold\x1b[22m', 'b'],
    ['e\u0301x', 'c'],
    ['😀', 'd'],
  ];
  expect(table(rows, [{}, {}]).split('\n')).toEqual([
    '日本  a',
    '\x1b[1mbold\x1b[22m  b',
    'e\u0301x    c',
    '😀    d',
  ]);
  expect(['👩‍👩‍👧', '한글', 'ＡＢ', '…', '✕', '\u200b'].map(displayWidth)).toEqual([
    2, 4, 4, 1, 1, 0,
  ]);
});
