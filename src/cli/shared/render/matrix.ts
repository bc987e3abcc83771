import type { Checked } from '../checkResult.js';
import { pc } from './color.js';
import { coverageLines } from './coverage.js';
import { outOfScopeLines } from './verdictTable.js';

/** One ASCII character per cell, so that it reads the same in a mail, a pipe and a log. */
export const SIGNS = {
  holds: { sign: '.', paint: pc.dim, means: 'holds on every path of the scope' },
  starves: {
    sign: '~',
    paint: pc.yellow,
    means: 'holds on every fair path; may starve on others',
  },
  seen: { sign: '!', paint: pc.red, means: 'broken, and observed on a real kernel' },
  broken: { sign: 'x', paint: pc.yellow, means: 'broken in the model, not seen on a kernel' },
  unknown: { sign: '?', paint: pc.cyan, means: 'unknown: the search stopped before a verdict' },
  absent: { sign: '-', paint: pc.dim, means: 'not a rule of this target, or not in this scope' },
} as const;

type Cell = keyof typeof SIGNS;

/** The cell of the matrix for a rule of a target. */
export function cellOf({ check, evidence }: Checked, id: string): Cell {
  const judged = check.rules.find(({ rule }) => rule.id === id);
  const verdict = judged?.verdict ?? 'out of scope';
  if (judged?.starvation) return 'starves';
  if (
    evidence
      .get(id)
      ?.flat()
      .some(({ seen }) => seen)
  )
    return 'seen';
  return verdict === 'out of scope' ? 'absent' : verdict;
}

/** Designs across, rules down, one sign per cell; then the coverage, and commands that print more. */
export function matrixText(checks: readonly Checked[], flags: string): string {
  const ids = [...new Set(checks.flatMap(({ check }) => check.rules.map(({ rule }) => rule.id)))];
  const names = checks.map(({ check }) => check.compiled.network.name);
  const rows = ids.map((id) => ({ id, cells: checks.map((c) => cellOf(c, id)) }));
  const width = Math.max('rule'.length, ...ids.map((id) => id.length));
  const parts = [
    [
      ...stairs(names, width),
      ...rows.map(({ id, cells }) =>
        [id.padEnd(width), ...cells.map((cell) => SIGNS[cell].paint(SIGNS[cell].sign))].join('  '),
      ),
    ],
    legend(new Set(rows.flatMap(({ cells }) => cells))),
    [...coverageLines(checks), ...outOfScopeLines(checks.map(({ check }) => check))],
    more(rows, checks, flags),
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Each name above its column, one line lower than the name before it, as in the header of a latency trace. */
const stairs = (names: readonly string[], width: number): string[] =>
  names.map((name, i) =>
    [
      (i === names.length - 1 ? 'rule' : '').padEnd(width),
      ...names.slice(0, i).map(() => '|'),
      pc.bold(name),
    ].join('  '),
  );

function legend(there: ReadonlySet<Cell>): string[] {
  const always: readonly Cell[] = ['holds', 'seen', 'broken'];
  return (Object.keys(SIGNS) as Cell[])
    .filter((cell) => always.includes(cell) || there.has(cell))
    .map((cell) => `${SIGNS[cell].paint(SIGNS[cell].sign)}  ${SIGNS[cell].means}`);
}

/** The next commands to type. The example is a cell of this matrix, preferably one that a kernel has shown. */
function more(
  rows: readonly { readonly id: string; readonly cells: readonly Cell[] }[],
  checks: readonly Checked[],
  flags: string,
): string[] {
  const cellsThatAre = (wanted: Cell) =>
    rows.flatMap(({ id, cells }) =>
      cells.flatMap((cell, i) => (cell === wanted ? [`${id}@${checks[i]!.target}`] : [])),
    );
  const [example] = [...cellsThatAre('seen'), ...cellsThatAre('broken')];
  const lists = 'descriptions of the rules: recwalk list rules';
  if (example === undefined) return [lists];
  return [
    `the story of a cell: recwalk check --explain RULE@DESIGN${flags}, for example ${example}`,
    lists,
  ];
}
