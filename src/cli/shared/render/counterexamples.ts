import { counted } from '../../../model/formatNumber.js';
import { isLiveness } from '../../../model/liveness.js';
import type { Rule } from '../../../model/network.js';
import type { BreakClass, Check, Finding, Lasso, RuleResult } from '../../../search/check.js';
import { MAY_STARVE, starvesText, waitsText } from '../../../search/lassoText.js';
import type { Checked, Evidence } from '../checkResult.js';
import { evidenceLines } from '../evidence.js';
import { pc } from './color.js';
import { lassoLines, overlapLines, storyLines } from './storyLines.js';
import { wrapped } from './wrap.js';

/** Every broken rule and every finding with a shortest story. */
export const allStories = (checks: readonly Checked[]): string =>
  withLegends(
    checks,
    checks.flatMap((c) => [
      ...c.check.rules.filter((r) => r.verdict === 'broken').map((r) => ruleStory(c, r)),
      ...c.check.rules.flatMap((r) => starvationStory(c, r)),
      ...c.check.findings.map((f) => findingStory(c.check, f)),
    ]),
  );

/** Every finding with a shortest story. Findings are errors without any rule. */
export const findingStories = (checks: readonly Checked[]): string =>
  withLegends(
    checks,
    checks.flatMap(({ check }) => check.findings.map((f) => findingStory(check, f))),
  );

/** The stories, after the glossaries that explain them. */
export function withLegends(checks: readonly Checked[], stories: readonly string[]): string {
  if (stories.length === 0) return '';
  const legends = new Set(checks.flatMap(({ check }) => check.compiled.network.glossary ?? []));
  return [...[...legends].map((legend) => `${wrapped(legend)}\n`), ...stories].join('\n');
}

/** A broken rule: its description and source, how it breaks, and the evidence of kernels. */
export function ruleStory(
  checked: Checked,
  { rule, path, missed, classes = [] }: RuleResult<unknown>,
  printed: 'first class' | 'all classes' = 'first class',
): string {
  const { check, target, evidence } = checked;
  const notes = sourceLines(rule);
  if (missed !== undefined) notes.push(...missed.map((goal) => `  never reached: ${goal}`));
  if (rule.recoverable) notes.push('  After this, nothing leads back:');
  const storyOf = (one: Partial<BreakClass>, i: number): string[] => [
    ...(one.path === undefined && missed === undefined
      ? ['  The search for its shortest story was stopped.']
      : []),
    ...(one.path?.length === 0 ? ['  Broken before any call.'] : []),
    ...(one.path === undefined ? [] : callLines(check, rule, one as Lasso, one.name)),
    ...(one.path && one.overlap ? overlapLines(check.compiled, one.path, one.overlap) : []),
    ...evidenceLinesOf(evidence.get(rule.id)?.[i]),
  ];
  const stories =
    printed === 'all classes' && classes.length > 1
      ? classes.flatMap((one, i) => [
          `${i === 0 ? '' : '\n'}  class ${i + 1} of ${classes.length}: ${pc.bold(one.name || 'before any call')}${sizeOf(one)}`,
          ...storyOf(one, i),
        ])
      : [
          ...storyOf(classes[0] ?? { ...(path && { path }) }, 0),
          ...moreClasses(classes.length, `${rule.id}@${target}`),
        ];
  return section(`${pc.red('BROKEN')} in ${named(check)}: ${pc.bold(rule.id)}`, [
    ...notes,
    ...stories,
  ]);
}

/** A rule that holds on every fair path, with a path that is not fair and breaks it; empty if there is none. */
export function starvationStory(
  { check }: Checked,
  { rule, starvation }: RuleResult<unknown>,
): string[] {
  if (starvation === undefined) return [];
  return [
    section(`${pc.yellow('may starve')} in ${named(check)}: ${pc.bold(rule.id)}`, [
      ...sourceLines(rule),
      `  ${MAY_STARVE}`,
      ...starvation.starved.map((group) => wrapped(`${starvesText(group)}.`, '    ')),
      ...callLines(check, rule, starvation),
    ]),
  ];
}

const sourceLines = ({ description, source }: Rule<never>): string[] => [
  `  ${description}`,
  pc.dim(`  ${source}`),
];

/** The calls of a story; of a liveness rule, with what it waits for and how the path goes on. */
function callLines(check: Check, rule: Rule<never>, lasso: Lasso, end?: string): string[] {
  const asides = rule.unobservable !== undefined;
  if (!isLiveness(rule)) return storyLines(check.compiled, lasso.path, asides);
  return [`  ${waitsText(lasso)}`, ...lassoLines(check.compiled, lasso, end, asides)];
}

const sizeOf = ({ transitions }: BreakClass): string =>
  transitions === undefined ? '' : ` (${counted(transitions, 'transition')})`;

const evidenceLinesOf = (shown: readonly Evidence[] | undefined): string[] =>
  (shown === undefined ? [] : evidenceLines(shown)).map((line) =>
    pc.cyan(wrapped(line, '  ', '    ')),
  );

const moreClasses = (classes: number, cell: string): string[] =>
  classes > 1
    ? [`  ${classes - 1} more break ${classes === 2 ? 'class' : 'classes'}: --explain ${cell}`]
    : [];

const findingStory = (check: Check, { kind, description, path }: Finding): string =>
  section(`${pc.red(kind)} in ${named(check)}: ${description}`, storyLines(check.compiled, path));

const named = ({ compiled }: Check): string => pc.bold(compiled.network.name);

const section = (head: string, lines: readonly string[]): string =>
  `${[head, ...lines].join('\n')}\n`;
