import { expect, test } from 'vitest';
import { page } from '../../src/review/html/page.js';
import { kernelTable } from '../../src/review/kernelTable.js';
import { markdown } from '../../src/review/markdown/page.js';
import type { Cell } from '../../src/review/review.js';
import { text } from '../../src/review/text/page.js';
import { sample } from './sample.js';
import { cellsOf, tablesOf } from './tables.js';

/** A review of designs with these cells for `first-rule` and `second-rule`; those with a version were played. */
const reviewOf = (...designs: readonly (readonly [version: string | undefined, Cell, Cell])[]) => ({
  ...sample,
  designs: designs.map(([version, one, other], i) => ({
    ...sample.designs[1]!,
    name: `linux-${i}`,
    ...(version && { playedOn: [version] }),
    cells: { 'first-rule': one, 'second-rule': other },
  })),
  breaks: [],
  findings: [],
});

const review = reviewOf(
  [undefined, 'broken', 'holds'],
  ['Debian 1', 'seen', 'holds'],
  [undefined, 'holds', 'unknown'],
  ['Debian 2', 'holds', 'broken'],
  ['Debian 3', 'seen', 'holds'],
);

test('has the rules that a kernel broke, and dates changes by the designs between kernels', () => {
  const all = kernelTable(review)!;
  expect(all.kernels.map(({ name }) => name)).toEqual(['Debian 1', 'Debian 2', 'Debian 3']);
  expect(all.rows.map(({ rule: { id }, ...row }) => ({ id, ...row }))).toEqual([
    {
      id: 'first-rule',
      cells: ['seen', 'holds', 'seen'],
      changes: ['holds since linux-2', 'broken since linux-4'],
    },
  ]);
});

test('skips unknown verdicts, and counts a break that no kernel showed', () => {
  const { rows } = kernelTable(
    reviewOf(
      ['Debian 1', 'holds', 'seen'],
      ['Debian 2', 'unknown', 'broken'],
      ['Debian 3', 'seen', 'holds'],
    ),
  )!;
  expect(rows.map(({ changes }) => changes)).toEqual([
    ['broken since linux-2'],
    ['holds since linux-2'],
  ]);
});

test('is for two kernels or more', () => {
  expect(
    kernelTable(reviewOf(['Debian 1', 'seen', 'seen'], [undefined, 'broken', 'holds'])),
  ).toBeUndefined();
  expect(text(sample)).not.toContain('Rules and kernels');
  expect(markdown(sample)).not.toContain('Rules and kernels');
  expect(page(sample)).not.toContain('Rules and kernels');
});

test('is in each format', () => {
  expect(text(review)).toContain(
    '\n1  Debian 1\n2  Debian 2\n3  Debian 3\n\nrule        1 2 3\nfirst-rule  ! . !  holds since linux-2; broken since linux-4\n',
  );
  const [, , kernels] = tablesOf(markdown(review));
  expect(kernels!.map((row) => cellsOf(row).map((cell) => cell.trim()))).toEqual([
    ['rule', 'Debian 1', 'Debian 2', 'Debian 3', 'change'],
    ['---', '---', '---', '---', '---'],
    [
      'first-rule',
      '[`!`](#first-rule@linux-1)',
      '`.`',
      '[`!`](#first-rule@linux-4)',
      'holds since linux-2; broken since linux-4',
    ],
  ]);
  expect(page(review)).toMatch(/<td class="rule">holds since linux-2; broken since linux-4<\/td>/);
});
