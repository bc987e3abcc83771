import { counted, number } from '../../../model/formatNumber.js';
import type { Check, Verdict } from '../../../search/check.js';
import { pc } from './color.js';
import { displayWidth } from './displayWidth.js';
import { table } from './table.js';

const WORDS: Readonly<Record<Verdict, string>> = {
  holds: pc.green('holds'),
  broken: pc.red('BROKEN'),
  unknown: pc.yellow('unknown'),
  'out of scope': pc.dim('-'),
};

/** Networks across, rules down with their descriptions, one word per verdict; then the scope and the coverage. */
export function verdictTable(checks: readonly Check[]): string {
  const names = checks.map((c) => c.compiled.network.name);
  const ids = new Map(checks.flatMap((c) => c.rules.map(({ rule }) => [rule.id, rule] as const)));
  const widths = [...ids.keys(), 'rule'].map(displayWidth);
  const used =
    Math.max(...widths) +
    2 +
    names.reduce((sum, name) => sum + Math.max(displayWidth(name), 7) + 2, 0);
  const left = (process.stdout.columns ?? Number.POSITIVE_INFINITY) - used;
  const rows = [...ids].map(([id, rule]) => {
    const words = checks.map((c) => {
      const judged = c.rules.find((r) => r.rule.id === id);
      if (judged?.starvation) return pc.yellow('may starve');
      return judged === undefined ? '-' : WORDS[judged.verdict];
    });
    return [id, ...words, rule.description];
  });
  const below = `${[...checks.map(coverage), ...outOfScopeLines(checks)].join('\n')}\n`;
  if (rows.length === 0) return below;
  const columns = table(
    [['rule', ...names.map((name) => pc.bold(name)), ''], ...rows],
    [{}, ...names.map(() => ({})), { width: Math.max(left - 2, 22), color: pc.dim }],
  );
  return `${columns}\n\n${below}`;
}

/** Goals that the scope cannot express, each once. */
export const outOfScopeLines = (checks: readonly Check[]): readonly string[] => [
  ...new Set(
    checks.flatMap(({ rules }) =>
      rules.flatMap(({ rule, outOfScope = [] }) =>
        outOfScope.map((goal) => `not in this scope: ${goal} (${rule.id})`),
      ),
    ),
  ),
];

function coverage({ compiled, exploration, reductions }: Check): string {
  const { states, transitions, depth, complete, stopped, held } = exploration;
  const { scopeText, name, description } = compiled.network;
  const counts = `${counted(states, 'state')}, ${counted(transitions, 'transition')}`;
  // Reductions change the depth, so it is printed with the stored states.
  const seen = held === undefined ? `${counts}, depth ${depth}` : counts;
  const how = complete
    ? `all paths explored: ${seen}`
    : `stopped (${stopped}): ${seen}; the rest is unknown`;
  return [
    `${name}: ${description}`,
    scopeText,
    how,
    held && `held as ${counted(held, 'state')}, depth ${depth}`,
    ...reductions.map(({ description, because }) =>
      because === undefined ? `  by ${description}` : `  not by ${description}: ${because}`,
    ),
  ]
    .filter((line) => line !== undefined)
    .join('\n  ');
}

/** Number of distinct states of each machine over all stored states: shows which machine makes a search grow. */
export function profile({ compiled, exploration: { visited } }: Check): string {
  const state = new Int32Array(compiled.components.length);
  const seen = compiled.components.map(() => new Set<number>());
  for (let n = 0; n < visited.size; n++) {
    visited.load(n, state);
    for (const [component, digits] of seen.entries()) digits.add(state[component]!);
  }
  const sizes = compiled.components.map(({ name }, i) => ({ name, distinct: seen[i]!.size }));
  sizes.sort((a, b) => b.distinct - a.distinct);
  return `  states of each machine: ${sizes.map(({ name, distinct }) => `${name} ${number(distinct)}`).join(', ')}\n`;
}
