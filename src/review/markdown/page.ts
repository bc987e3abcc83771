import { number } from '../../model/formatNumber.js';
import { code, plain } from '../../model/markdown.js';
import { kernelTable } from '../kernelTable.js';
import type { Review, ReviewedDesign } from '../review.js';
import { answer, legends, PLAIN_STORY, scopeFlag, tally, title, walked } from '../sentences.js';
import { anchor, breaks } from './breaks.js';
import { designs } from './designs.js';
import { list, table } from './table.js';

/** A review as Markdown for GitHub, which also renders the charts. */
export function markdown(review: Review): string {
  const { question, version, scope, signs } = review;
  const description = answer(review);
  const parts = [
    ...(question === undefined
      ? [`# ${plain(title(review))}`]
      : [`# “${plain(question.text)}”`, plain(`The RFC mail: ${question.source}`)]),
    ...(description === undefined ? [] : [`**${plain(description)}**`]),
    `A design review by recwalk ${plain(version)}${scope === undefined ? '' : `, scope ${code(scope.name)}`}.`,
    '## At a glance',
    glance(review),
    '## Rules and designs',
    matrix(review),
    list(signs.map(({ sign, means }) => `${code(sign)} ${plain(means)}`)),
    ...kernels(review),
    '## How to read a story',
    ...reading(review),
    ...breaks(review),
    '## The designs',
    ...designs(review),
    '## Limits of this review',
    ...bounds(review),
  ];
  return `${parts.join('\n\n')}\n`;
}

const glance = ({ designs, played }: Review): string =>
  table(
    [
      'design',
      'description',
      'rules broken',
      ...(played ? ['of these seen on a kernel'] : []),
      'states explored',
    ],
    designs.map((design) => {
      const { broken, rules, seen, unknown } = tally(design);
      const { stopped, states } = design.coverage;
      return [
        plain(design.name),
        plain(design.description),
        `${broken.length} of ${rules}${unknown.length === 0 ? '' : `, ${unknown.length} unknown`}`,
        ...(played ? [design.kernel === undefined ? 'no kernel' : String(seen.length)] : []),
        `${number(states)}${stopped === undefined ? ', all' : `, stopped (${stopped})`}`,
      ];
    }),
  );

const matrix = (review: Review): string =>
  table(
    ['rule', ...review.designs.map(({ name }) => plain(name)), 'description'],
    review.rules.map(({ id, description }) => [
      plain(id),
      ...review.designs.map((design) => cell(review, id, design)),
      plain(description),
    ]),
  );

function kernels(review: Review): readonly string[] {
  const all = kernelTable(review);
  if (all === undefined) return [];
  return [
    '## Rules and kernels',
    table(
      ['rule', ...all.kernels.map(({ name }) => plain(name)), 'change'],
      all.rows.map(({ rule, changes }) => [
        plain(rule.id),
        ...all.kernels.map(({ design }) => cell(review, rule.id, design)),
        plain(changes.join('; ')),
      ]),
    ),
  ];
}

function cell({ signs }: Review, rule: string, { name, cells }: ReviewedDesign): string {
  const what = cells[rule] ?? 'absent';
  const { sign } = signs.find((s) => s.cell === what)!;
  const isBroken = what === 'seen' || what === 'broken';
  return isBroken ? `[${code(sign)}](#${anchor(rule, name)})` : code(sign);
}

/** How to read a story of a kernel's calls. */
const OF_KERNEL = `A story is a shortest sequence of calls that breaks the rule. Each call has its return value, the owners that it asked, and the line of each function in ${code('enabled_functions')}: ${code('(count) flags trampoline ran CODE')}, where CODE is the code that ran when the function was called; R is REGS, I is IPMODIFY, D is DIRECT. Functions that a call changed, and return values other than 0, are **bold**.`;

const reading = (review: Review): readonly string[] => [
  review.played ? OF_KERNEL : PLAIN_STORY,
  ...legends(review).map(({ description, designs }, _, all) =>
    plain(all.length > 1 ? `${designs.join(', ')}: ${description}` : description),
  ),
  `To print a story again: ${code(`recwalk check --explain RULE@DESIGN${scopeFlag(review)}`)}. To write it as a mail${review.played ? `, with the story in the form that ${code('recwalk replay')} reads` : ''}: ${code(`recwalk review --finding RULE@DESIGN${scopeFlag(review)} -o report.txt`)}.`,
];

const bounds = ({ scope, limitations, designs, version }: Review): readonly string[] => [
  ...scoped(scope),
  ...(limitations.length === 0
    ? []
    : ['No design models, in any scope:', list(limitations.map(plain))]),
  `Searches by recwalk ${plain(version)}; the digest changes if any machine handles any message differently:`,
  table(
    ['design', 'search', 'machines'],
    designs.map(({ name, coverage }) => [
      plain(name),
      [walked(coverage), ...coverage.reductions].map(plain).join('<br>'),
      code(coverage.machines),
    ]),
  ),
];

function scoped(scope: Review['scope']): readonly string[] {
  if (scope === undefined) return ['A verdict is valid for these networks only.'];
  const first = `A verdict is valid for its scope only: ${code(scope.description)}.`;
  return scope.beyond.length === 0
    ? [first]
    : [`${first} Not covered:`, list(scope.beyond.map(plain))];
}
