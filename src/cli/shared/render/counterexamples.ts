import { counted } from '../../../model/formatNumber.js';
import type { Check, Finding, RuleResult } from '../../../search/check.js';
import type { Checked, Evidence } from '../checkResult.js';
import { evidenceLines } from '../evidence.js';
import { pc } from './color.js';
import { storyLines } from './storyLines.js';
import { wrapped } from './wrap.js';

/** Every broken rule and every finding with a shortest story. */
export const allStories = (checks: readonly Checked[]): string =>
  withLegends(
    checks,
    checks.flatMap((c) => [
      ...c.check.rules.filter((r) => r.verdict === 'broken').map((r) => ruleStory(c, r)),
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
  { check, target, evidence }: Checked,
  { rule, path, missed, classes = [] }: RuleResult<unknown>,
  printed: 'first class' | 'all classes' = 'first class',
): string {
  const notes = [`  ${rule.description}`, pc.dim(`  ${rule.source}`)];
  if (missed !== undefined) notes.push(...missed.map((goal) => `  never reached: ${goal}`));
  if (rule.recoverable) notes.push('  After this, nothing leads back:');
  const storyOf = (calls: readonly number[] | undefined, i: number): string[] => [
    ...(calls === undefined && missed === undefined
      ? ['  The search for its shortest story was stopped.']
      : []),
    ...(calls?.length === 0 ? ['  Broken before any call.'] : []),
    ...(calls === undefined
      ? []
      : storyLines(check.compiled, calls, rule.unobservable !== undefined)),
    ...evidenceLinesOf(evidence.get(rule.id)?.[i]),
  ];
  const stories =
    printed === 'all classes' && classes.length > 1
      ? classes.flatMap((one, i) => [
          `${i === 0 ? '' : '\n'}  class ${i + 1} of ${classes.length}: ${pc.bold(one.name || 'before any call')} (${counted(one.transitions, 'transition')})`,
          ...storyOf(one.path, i),
        ])
      : [...storyOf(path, 0), ...moreClasses(classes.length, `${rule.id}@${target}`)];
  return section(`${pc.red('BROKEN')} in ${named(check)}: ${pc.bold(rule.id)}`, [
    ...notes,
    ...stories,
  ]);
}

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
