import type { Check, Finding, Judged } from '../engine/check.js';
import type { Checked } from './checked.js';
import { pc } from './colours.js';
import { evidenceLines } from './evidence.js';
import { storyLines } from './storyLines.js';
import { wrapped } from './wrapped.js';

/** Every broken rule and finding with a shortest story. */
export const allStories = (checks: readonly Checked[]): string =>
  withLegends(
    checks,
    checks.flatMap((c) => [
      ...c.check.rules.filter((r) => r.verdict === 'broken').map((r) => ruleStory(c, r)),
      ...c.check.findings.map((f) => findingStory(c.check, f)),
    ]),
  );

/** What needs no rule to be wrong, with a shortest story. */
export const findingStories = (checks: readonly Checked[]): string =>
  withLegends(
    checks,
    checks.flatMap(({ check }) => check.findings.map((f) => findingStory(check, f))),
  );

/** Stories, after how to read them. */
export function withLegends(checks: readonly Checked[], stories: readonly string[]): string {
  if (stories.length === 0) return '';
  const legends = new Set(checks.flatMap(({ check }) => check.tables.network.legend ?? []));
  return [...[...legends].map((legend) => `${wrapped(legend)}\n`), ...stories].join('\n');
}

/** A broken rule: what it says and where from, how it breaks, and who has seen that. */
export function ruleStory(
  { check, evidence }: Checked,
  { rule, path, missed }: Judged<unknown>,
): string {
  const notes = [`  ${rule.says}`, pc.dim(`  ${rule.source}`)];
  if (missed !== undefined) notes.push(...missed.map((goal) => `  never reached: ${goal}`));
  if (rule.recoverable) notes.push('  After this, nothing leads back:');
  if (path === undefined && missed === undefined)
    notes.push('  The search for its shortest story was stopped.');
  if (path?.length === 0) notes.push('  Broken before any call.');
  const shown = evidence.get(rule.id);
  const lines = (shown === undefined ? [] : evidenceLines(shown)).map((line) =>
    pc.cyan(wrapped(line, '  ', '    ')),
  );
  return section(`${pc.red('BROKEN')} in ${named(check)}: ${pc.bold(rule.id)}`, [
    ...notes,
    ...(path === undefined ? [] : storyLines(check.tables, path, rule.unseen !== undefined)),
    ...lines,
  ]);
}

const findingStory = (check: Check, { kind, says, path }: Finding): string =>
  section(`${pc.red(kind)} in ${named(check)}: ${says}`, storyLines(check.tables, path));

const named = ({ tables }: Check): string => pc.bold(tables.network.name);

const section = (head: string, lines: readonly string[]): string =>
  `${[head, ...lines].join('\n')}\n`;
