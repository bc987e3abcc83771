import { counted, number } from '../../model/formatNumber.js';
import type { Review, ReviewedDesign, Since } from '../review.js';
import { compared, fixed, modelOnly, tally, walked } from '../sentences.js';
import { command, filled } from './filled.js';

/** A design, and its differences from the one before it. */
export const designLines = (review: Review, design: ReviewedDesign): readonly string[] => [
  design.name,
  filled(design.description, '  '),
  filled(design.source, '  from:   ', '          '),
  ...(review.played ? [filled(design.kernel ?? 'none', '  kernel: ', '          ')] : []),
  filled(tally(design).broken.join(', ') || 'nothing', '  breaks: ', '          '),
  filled(walked(design.coverage), '  search: ', '          '),
  ...design.coverage.reductions.map((line) => filled(line, '          ')),
  filled(design.coverage.machines, '  digest: '),
  ...(design.since === undefined ? [] : beside(design, design.since)),
  ...fix(review, design),
  '',
];

const beside = ({ target }: ReviewedDesign, since: Since): readonly string[] => [
  filled(compared(since), '  '),
  ...since.turned.map((t) =>
    filled(`${t.name} ${t.from} -> ${t.to}: ${t.description}`, '    ', '      '),
  ),
  ...since.differences.map(({ sort, count }) =>
    filled(`${sort} (${counted(count, 'time')})`, '    - ', '      '),
  ),
  ...(since.sorts > since.differences.length
    ? [`    - and ${number(since.sorts - since.differences.length)} more`]
    : []),
  command(`recwalk diff ${since.target} ${target}`, '    '),
];

function fix(review: Review, design: ReviewedDesign): readonly string[] {
  if (design.fixReport === undefined) return [];
  if (tally(design).broken.length === 0) return ['  Nothing is broken in this scope.'];
  const { command: typed, sets = [], changes = [] } = design.fixReport;
  const description = fixed(design);
  if (description === undefined) return ['  Fixes were not searched here:', command(typed, '    ')];
  return [
    filled(`${description}${modelOnly(review)}`, '  '),
    ...sets.map((set) => filled(set.join(', '), '    - ', '      ')),
    ...changes.flatMap((change) => [
      `  ${change.name}`,
      filled(change.description, '    '),
      filled(change.where, '    where:   ', '             '),
      filled(change.drawback, '    against: ', '             '),
    ]),
  ];
}
