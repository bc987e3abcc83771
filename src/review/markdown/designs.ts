import { number } from '../../model/formatNumber.js';
import { code, plain } from '../../model/markdown.js';
import type { Review, ReviewedDesign, Since } from '../review.js';
import { compared, fixed, tally, walked } from '../sentences.js';
import { list, table } from './table.js';

/** Each design, and its differences from the one before it. */
export const designs = ({ designs: all }: Review): readonly string[] => all.flatMap(one);

function one(design: ReviewedDesign): readonly string[] {
  const { name, description, source, kernel, coverage, since } = design;
  return [
    `### ${plain(name)}`,
    plain(description),
    list([
      `from: ${plain(source)}`,
      `kernel: ${kernel === undefined ? 'none here is built like it' : code(kernel)}`,
      `breaks: ${tally(design).broken.map(plain).join(', ') || 'nothing'}`,
      [`walk: ${walked(coverage)}`, ...coverage.reductions.map(plain)].join('; '),
    ]),
    ...life(design),
    ...(since === undefined ? [] : beside(name, since)),
    '#### What would fix it',
    ...fix(design),
  ];
}

const life = ({ name, chart: { mermaid, because } }: ReviewedDesign): readonly string[] =>
  mermaid === undefined
    ? [
        `No chart of a record's life: ${because}; ${code(`recwalk export ${name} --to mermaid`)} writes one.`,
      ]
    : [`\`\`\`mermaid\n${mermaid.trimEnd()}\n\`\`\``];

const beside = (name: string, since: Since): readonly string[] => [
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
        `And ${number(since.sorts - since.differences.length)} more: ${code(`recwalk diff ${since.name} ${name} --json`)}`,
      ]
    : []),
];

function fix(design: ReviewedDesign): readonly string[] {
  const { command, sets = [], changes = [] } = design.fixReport;
  const description = fixed(design);
  if (tally(design).broken.length === 0) return ['Nothing is broken in this scope.'];
  if (description === undefined)
    return [
      `Not searched for here: ${code(command)} explores it with sets of fixes, the smallest first.`,
    ];
  return [
    `${description} The model's word: no kernel with these changes was built.`,
    ...(sets.length === 0 ? [] : [list(sets.map((set) => set.map(code).join(', ')))]),
    ...(changes.length === 0
      ? []
      : [
          table(
            ['change', 'what', 'where', 'against'],
            changes.map(({ name, description, where, drawback }) => [
              code(name),
              ...[description, where, drawback].map(plain),
            ]),
          ),
        ]),
  ];
}
