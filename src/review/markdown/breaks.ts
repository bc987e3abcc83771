import { plain } from '../../model/markdown.js';
import type { Break, Review } from '../review.js';
import { alike, type BrokenRule, notes, sides, words } from '../sentences.js';
import { story } from './story.js';
import { list } from './table.js';

/** Id of the element with the story of a cell. */
export const anchor = (rule: string, design: string): string => `${rule}@${design}`;

/** Every broken rule with its stories: first those that kernels showed, then those of the model only. */
export function breaks(review: Review): readonly string[] {
  return sides(review)
    .flatMap(({ title, description, broken }) => [
      `## ${title}`,
      broken.length === 0 ? 'Nothing.' : description,
      ...broken.flatMap(ruleLines),
    ])
    .concat(findings(review));
}

const ruleLines = ({ rule, breaks }: BrokenRule): readonly string[] => [
  `### ${plain(rule.id)}`,
  plain(rule.description),
  `From: ${plain(rule.source)}`,
  ...breaks.flatMap(breakSection),
];

/** One way in which a rule breaks. */
const breakSection = (found: Break): readonly string[] => [
  list(
    alike(found.designs).map((some) => {
      const names = some.map(
        ({ design }) => `<a id="${anchor(found.rule, design)}"></a>${plain(design)}`,
      );
      const voices = words(some[0]!).map(voice);
      return voices.length === 0 ? names.join(', ') : `${names.join(', ')}: ${voices.join('; ')}`;
    }),
  ),
  ...notes(found).map(plain),
  ...(found.steps && found.steps.length > 0 ? [story(found.steps)] : []),
];

/** Evidence of a kernel is bold, evidence of the model only is italic. */
const voice = (word: string): string =>
  word.startsWith('seen on ') ? `**${plain(word)}**` : `*${plain(word)}*`;

const findings = ({ findings }: Review): readonly string[] =>
  findings.length === 0
    ? []
    : [
        '## Failures outside of the rules',
        ...findings.flatMap(({ design, kind, description, steps }) => [
          `### ${plain(`${kind} in ${design}`)}`,
          plain(description),
          story(steps),
        ]),
      ];
