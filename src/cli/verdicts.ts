import Table from 'cli-table3';
import type { Check, Judged, Verdict } from '../engine/check.js';
import { pc } from './colours.js';
import type { Seen } from './seen.js';
import { storyLines } from './storyLines.js';
import { number } from './talk.js';

const SIGNS: Readonly<Record<Verdict, string>> = {
  holds: pc.green('holds'),
  broken: pc.red('BROKEN'),
  unknown: pc.yellow('unknown'),
};

const bare = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

/** Networks across, rules down, one sign each; under it the scope and how much was seen. */
export function tableText(checks: readonly Check[]): string {
  const names = checks.map((c) => c.tables.network.name);
  const ids = new Map(checks.flatMap((c) => c.rules.map(({ rule }) => [rule.id, rule] as const)));
  const widths = [...ids.keys(), 'rule'].map((id) => id.length);
  const used =
    Math.max(...widths) + 2 + names.reduce((sum, name) => sum + Math.max(name.length, 7) + 2, 0);
  const left = (process.stdout.columns ?? Number.POSITIVE_INFINITY) - used;
  const table = new Table({
    chars: bare,
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 2 },
    wordWrap: true,
    colWidths: [null, ...names.map(() => null), Number.isFinite(left) ? Math.max(left, 24) : null],
  });
  table.push(['rule', ...names.map((name) => pc.bold(name)), '']);
  for (const [id, rule] of ids) {
    const signs = checks.map((c) => {
      const judged = c.rules.find((r) => r.rule.id === id);
      return judged === undefined ? '-' : SIGNS[judged.verdict];
    });
    table.push([id, ...signs, pc.dim(rule.says)]);
  }
  return `${table.toString().replaceAll(/ +$/gm, '')}\n\n${checks.map(coverage).join('\n')}\n`;
}

function coverage({ tables, exploration }: Check): string {
  const { states, transitions, depth, complete, stopped } = exploration;
  const { within, name, says } = tables.network;
  const seen = `${number(states)} states, ${number(transitions)} transitions, depth ${depth}`;
  const how = complete
    ? `every path walked: ${seen}`
    : `stopped (${stopped}): ${seen}; nothing is said of the rest`;
  return [`${name}: ${says}`, within, how].filter((line) => line !== undefined).join('\n  ');
}

/** Every broken rule and finding with a shortest story. */
export function brokenText(checks: readonly Check[], seen: readonly Seen[]): string {
  const parts = checks.flatMap((c) => [
    ...c.rules.filter((r) => r.verdict === 'broken').map((r) => broken(c, r, seen)),
    ...c.findings.map((f) =>
      section(`${pc.red(f.kind)} in ${c.tables.network.name}: ${f.says}`, [], c, f.path),
    ),
  ]);
  if (parts.length === 0) return '';
  const legends = new Set(checks.flatMap((c) => c.tables.network.legend ?? []));
  return `${[...[...legends].map((legend) => `${legend}\n`), ...parts].join('\n')}`;
}

function broken(c: Check, { rule, path, missed }: Judged<unknown>, seen: readonly Seen[]): string {
  const head = `${pc.red('BROKEN')} in ${pc.bold(c.tables.network.name)}: ${pc.bold(rule.id)}`;
  const notes = [`  ${rule.says}`, pc.dim(`  ${rule.source}`)];
  if (missed !== undefined) notes.push(...missed.map((goal) => `  never reached: ${goal}`));
  if (rule.recoverable) notes.push('  After this, nothing leads back:');
  const evidence = path === undefined ? [] : evidenceOf(c, rule.id, path, seen);
  return section(head, notes, c, path, evidence);
}

/** What kernels showed of this very story; said in its own words, since a model shows nothing by itself. */
function evidenceOf(
  c: Check,
  rule: string,
  path: readonly number[],
  seen: readonly Seen[],
): string[] {
  const { name, stimuli } = c.tables.network;
  const calls = path.map((stimulus) => stimuli[stimulus]!.says).join();
  const lines = seen
    .filter((s) => s.design === name && s.rule === rule && s.calls.join() === calls)
    .map((s) =>
      s.unseen === undefined
        ? pc.cyan(`  seen on ${s.kernel}`)
        : `  played on ${s.kernel}; model only, because ${s.unseen}`,
    );
  return [...new Set(lines)];
}

function section(
  head: string,
  notes: readonly string[],
  c: Check,
  path: readonly number[] | undefined,
  evidence: readonly string[] = [],
): string {
  const story = path === undefined ? [] : storyLines(c.tables, path);
  return `${[head, ...notes, ...story, ...evidence].join('\n')}\n`;
}
