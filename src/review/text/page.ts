import { kernelTable } from '../kernelTable.js';
import type { Break, Review, ReviewedDesign } from '../review.js';
import {
  alike,
  answer,
  type BrokenRule,
  inScope,
  legends,
  notes,
  PLAIN_STORY,
  scopeFlag,
  sides,
  tally,
  title,
  words,
} from '../sentences.js';
import { designLines } from './designs.js';
import { command, filled } from './filled.js';
import { kernels } from './kernels.js';
import { matrix } from './matrix.js';
import { shortStory } from './story.js';

/** A review as plain text for a mailing list. */
export function text(review: Review): string {
  const { question, version } = review;
  const description = answer(review);
  const parts = [
    ...(question === undefined
      ? [filled(title(review))]
      : [filled(`"${question.text}"`), filled(`The RFC mail: ${question.source}`, '  ')]),
    ...(description === undefined ? [] : ['', filled(description)]),
    '',
    filled(`A design review by recwalk ${version}${inScope(review)}.`),
    '',
    ...review.designs.map((design) => glance(review, design)),
    ...part('Rules and designs', matrix(review)),
    ...(kernelTable(review) === undefined ? [] : part('Rules and kernels', kernels(review))),
    ...part('How to read a story', reading(review)),
    ...sides(review).flatMap(({ title, description, broken }) =>
      part(
        title,
        broken.length === 0
          ? ['Nothing.']
          : [filled(description), '', ...broken.flatMap(ruleLines)],
      ),
    ),
    ...faults(review),
    ...part(
      'The designs',
      review.designs.flatMap((design) => designLines(review, design)),
    ),
    ...part('Limits of this review', bounds(review)),
  ];
  return `${parts
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

const part = (title: string, lines: readonly string[]): readonly string[] => [
  '',
  title,
  '='.repeat(title.length),
  '',
  ...lines,
];

function glance({ played }: Review, design: ReviewedDesign): string {
  const { broken, rules, seen, unknown } = tally(design);
  const open = unknown.length === 0 ? '' : `, ${unknown.length} unknown`;
  const shown =
    design.kernel === undefined ? 'no kernel implements it' : `${seen.length} seen on a kernel`;
  return filled(
    `${broken.length} of ${rules} rules broken${open}${played ? `; ${shown}` : ''}`,
    `  ${design.name.padEnd(15)} `,
    ' '.repeat(18),
  );
}

const reading = (review: Review): readonly string[] => [
  filled(
    !review.played
      ? PLAIN_STORY
      : 'A story is a shortest sequence of calls that breaks the rule. After each call: its return value; the owners that it asked; then the line in enabled_functions of each function that it changed.',
  ),
  ...legends(review).flatMap(({ description, designs }, _, all) => [
    '',
    filled(all.length > 1 ? `${designs.join(', ')}: ${description}` : description),
  ]),
  '',
  review.played
    ? 'To write one as a mail, with a story that recwalk replay reads:'
    : 'To write one as a mail:',
  command(`recwalk review --finding RULE@DESIGN${scopeFlag(review)} -o report.txt`, '  '),
];

const ruleLines = ({ rule, breaks }: BrokenRule): readonly string[] => [
  rule.id,
  filled(rule.description, '  '),
  filled(rule.source, '  from: ', '        '),
  ...breaks.flatMap(breakSection),
];

/** One way in which a rule breaks. */
const breakSection = (found: Break): readonly string[] => [
  ...alike(found.designs).flatMap((some) => {
    const names = some.map(({ design }) => design).join(', ');
    const known = words(some[0]!);
    if (known.length === 0) return [filled(names, '  ', '    ')];
    return known.map((word) => filled(`${names}: ${word}`, '  ', '    '));
  }),
  ...notes(found).map((note) => filled(note, '  ')),
  ...(found.steps && found.steps.length > 0 ? shortStory(found.steps) : []),
  '',
];

const faults = ({ findings: all }: Review): readonly string[] =>
  all.length === 0
    ? []
    : part(
        'Failures outside of the rules',
        all.flatMap(({ design, kind, description, steps }) => [
          filled(`${kind} in ${design}: ${description}`, '', '  '),
          ...shortStory(steps),
          '',
        ]),
      );

const bounds = ({ scope, limitations }: Review): readonly string[] => [
  ...scoped(scope),
  ...(limitations.length === 0
    ? []
    : [
        '',
        'No design models, in any scope:',
        ...limitations.map((description) => filled(description, '- ', '  ')),
      ]),
];

function scoped(scope: Review['scope']): readonly string[] {
  if (scope === undefined) return [filled('A verdict is valid for these networks only.')];
  const { description, beyond } = scope;
  const first = `A verdict is valid for its scope only: ${description.replaceAll(',', ', ')}.`;
  if (beyond.length === 0) return [filled(first)];
  return [
    filled(`${first} Not covered:`),
    ...beyond.map((description) => filled(description, '- ', '  ')),
  ];
}
