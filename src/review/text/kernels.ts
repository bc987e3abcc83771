import { kernelTable } from '../kernelTable.js';
import type { Review } from '../review.js';
import { filled } from './filled.js';

/** The rules that kernels broke: a sign per kernel, then the changes. Empty if fewer than two kernels played. */
export function kernels(review: Review): readonly string[] {
  const all = kernelTable(review);
  if (all === undefined) return [];
  const width = Math.max('rule'.length, ...all.rows.map(({ rule }) => rule.id.length));
  const row = (first: string, signs: readonly string[], last: readonly string[]) => {
    const before = `${first.padEnd(width)}  ${signs.join(' ')}  `;
    return filled(last.join('; '), before, ' '.repeat(before.length));
  };
  return [
    ...all.kernels.map(({ name }, i) => filled(name, `${i + 1}  `, '   ')),
    '',
    row(
      'rule',
      all.kernels.map((_, i) => String(i + 1)),
      [],
    ),
    ...all.rows.map(({ rule, cells, changes }) =>
      row(
        rule.id,
        cells.map((cell) => review.signs.find((one) => one.cell === cell)!.sign),
        changes,
      ),
    ),
  ];
}
