import { number } from '../../model/formatNumber.js';
import { code, plain } from '../../model/markdown.js';
import type { FixReport, Review, ReviewedDesign, Since } from '../review.js';
import { compared, fixed, modelOnly, tally, walked } from '../sentences.js';
import { list, table } from './table.js';

/** Each design, and its differences from the one before it. */
export const designs = (review: Review): readonly string[] =>
  review.designs.flatMap((design) => one(review, design));

function one(review: Review, design: ReviewedDesign): readonly string[] {
  const { name, description, source, kernel, coverage, since } = design;
  return [
    `### ${plain(name)}`,
    plain(description),
    list([
      `from: ${plain(source)}`,
      ...(review.played ? [`kernel: ${kernel === undefined ? 'none' : code(kernel)}`] : []),
      `breaks: ${tally(design).broken.map(plain).join(', ') || 'nothing'}`,
      [`search: ${walked(coverage)}`, ...coverage.reductions.map(plain)].join('; '),
    ]),
    ...life(design),
    ...(design.machines ?? []).map(machine),
    ...(since === undefined ? [] : beside(design, since)),
    ...fix(review, design),
  ];
}

function life({ target, chart }: ReviewedDesign): readonly string[] {
  if (chart === undefined) return [];
  const { part, mermaid, because } = chart;
  return mermaid === undefined
    ? [
        `No chart of a ${part}'s life: ${because}; ${code(`recwalk export ${target} --to mermaid`)} writes one.`,
      ]
    : [fenced(mermaid)];
}

const machine = ({
  name,
  mermaid,
  because,
}: NonNullable<ReviewedDesign['machines']>[number]): string =>
  mermaid === undefined ? plain(`No chart of ${name}: ${because}.`) : fenced(mermaid);

const fenced = (mermaid: string): string => `\`\`\`mermaid\n${mermaid.trimEnd()}\n\`\`\``;

const beside = ({ name, target }: ReviewedDesign, since: Since): readonly string[] => [
  `#### Since ${plain(since.name)}`,
  list(
    since.turned.map((t) => `${code(t.name)}: ${plain(`${t.from} -> ${t.to} (${t.description})`)}`),
  ),
  plain(compared(since)),
  ...(since.differences.length === 0
    ? []
    : [
        table(
          ['after', 'call', plain(since.name), plain(name), 'because of'],
          since.differences.map(({ after, call, outcomes, because }) => [
            after.map(code).join('<br>'),
            code(call),
            ...outcomes.map((outcome) => outcome.split('; ').map(code).join('<br>')),
            because.map(code).join(', or '),
          ]),
        ),
      ]),
  ...(since.sorts > since.differences.length
    ? [
        `And ${number(since.sorts - since.differences.length)} more: ${code(`recwalk diff ${since.target} ${target} --json`)}`,
      ]
    : []),
];

function fix(review: Review, design: ReviewedDesign): readonly string[] {
  if (design.fixReport === undefined) return [];
  return ['#### Fixes', ...found(review, design, design.fixReport)];
}

function found(review: Review, design: ReviewedDesign, fixReport: FixReport): readonly string[] {
  const { command, sets = [], changes = [] } = fixReport;
  const description = fixed(design);
  if (tally(design).broken.length === 0) return ['Nothing is broken in this scope.'];
  if (description === undefined)
    return [
      `Not searched here: ${code(command)} explores the design with every set of fixes, the smallest first.`,
    ];
  return [
    `${description}${modelOnly(review)}`,
    ...(sets.length === 0 ? [] : [list(sets.map((set) => set.map(code).join(', ')))]),
    ...(changes.length === 0
      ? []
      : [
          table(
            ['fix', 'description', 'where', 'against'],
            changes.map(({ name, description, where, drawback }) => [
              code(name),
              ...[description, where, drawback].map(plain),
            ]),
          ),
        ]),
  ];
}
