import type { Review, ReviewedDesign } from '../review.js';
import { COLUMNS, filled } from './filled.js';

/** Designs across, rules down, one sign per cell; as many designs per block as fit. */
export function matrix(review: Review): readonly string[] {
  const width = Math.max('rule'.length, ...review.rules.map(({ id }) => id.length));
  return [
    ...blocks(review.designs, width).flatMap((designs) => [...block(review, designs, width), '']),
    ...review.signs.map(({ sign, means }) => filled(means, `${sign}  `, '   ')),
  ];
}

/** Splits the designs into blocks in which every name ends within the line. */
function blocks(designs: readonly ReviewedDesign[], width: number) {
  const all: ReviewedDesign[][] = [[]];
  for (const design of designs) {
    const last = all.at(-1)!;
    if (last.length > 0 && width + 2 + 3 * last.length + design.name.length > COLUMNS)
      all.push([design]);
    else last.push(design);
  }
  return all;
}

/** Each name above its column, one line lower than the name before it. */
const block = (
  { rules, signs }: Review,
  designs: readonly ReviewedDesign[],
  width: number,
): string[] => [
  ...designs.map(({ name }, i) =>
    [
      (i === designs.length - 1 ? 'rule' : '').padEnd(width),
      ...designs.slice(0, i).map(() => '|'),
      name,
    ].join('  '),
  ),
  ...rules.map(({ id }) =>
    [
      id.padEnd(width),
      ...designs.map(
        ({ cells }) => signs.find(({ cell }) => cell === (cells[id] ?? 'absent'))!.sign,
      ),
    ].join('  '),
  ),
];
