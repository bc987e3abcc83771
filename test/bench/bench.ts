/**
 * recwalk, Spin and XState side by side: Markdown on stdout, what is under way on stderr. Exit code 1
 * where any two of them count or judge differently.
 *
 *     jiti test/bench/bench.ts [--runs N] [--quick]
 */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build, root } from '../cli/recwalk.js';
import { type Counted, counted, inDigits } from '../export/spin.js';
import { measured } from './measured.js';
import { check, type Run } from './recwalk.js';
import { type Mode, model, modes } from './spin.js';

const DESIGN = 'linux-6.12';
const BIG = 'records=2,ipmodify=3,willing=2,absent=1,tracer=2';
/** The cost of a check in a minimal scope: Node, the design, its tables. */
const EMPTY = 'records=1,tracer=1';

const XSTATE_TIMEOUT = 60_000;

interface Row {
  readonly tool: string;
  readonly scope: string;
  readonly states: number;
  readonly transitions: number;
  readonly seconds: number;
  readonly bytes: number;
}

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, quick: { type: 'boolean', default: false } },
});
const runs = Number(values.runs);
if (!(Number.isInteger(runs) && runs > 0)) throw new Error(`--runs ${values.runs}: give 1 or more`);
const scope = values.quick ? 'edits' : BIG;
/** From the smallest to the largest: XState explores as many of them as it can, each within the time limit. */
const forXstate = values.quick ? ['small'] : ['small', 'default', 'tracers', 'wide'];

const log = (text: string) => process.stderr.write(`${text}\n`);
const number = (n: number, digits = 0) =>
  n.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** The run with the median time. */
const median = <T extends { readonly seconds: number }>(all: readonly T[]): T =>
  all.toSorted((a, b) => a.seconds - b.seconds)[(all.length - 1) >> 1]!;

async function repeated(what: string, times: number, run: () => Promise<Run>): Promise<Run[]> {
  const all: Run[] = [];
  while (all.length < times) {
    const ran = await run();
    log(`${what}: ${number(ran.seconds, 1)} s`);
    all.push(ran);
  }
  return all;
}

const differences: string[] = [];
/** The counts and verdicts of all tools must be equal. */
function same<T>(what: string, found: T, expected: T): void {
  if (JSON.stringify(found) !== JSON.stringify(expected))
    differences.push(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
}

async function recwalk(reduced: 'on' | 'off'): Promise<Run & Row> {
  const tool = `recwalk, reductions ${reduced}`;
  return {
    tool,
    scope,
    ...median(await repeated(tool, runs, () => check(DESIGN, scope, reduced))),
  };
}

/** Runs every mode once, and the fastest mode as often as the other tools. */
async function spin(expected: Counted) {
  log('writing the model for Spin');
  const made = await model(DESIGN, scope);
  try {
    const search = async (mode: Mode, times: number) => {
      const compiled = await made.compile(mode);
      const all = await repeated(`Spin, ${mode.name}`, times, () =>
        made.run(mode, expected.states),
      );
      const printed = { ...counted(expected), transitions: inDigits(expected.transitions) };
      for (const run of all) same(`Spin, ${mode.name}`, counted(run), printed);
      return { mode, compiled, all, seconds: median(all).seconds };
    };
    const once: Awaited<ReturnType<typeof search>>[] = [];
    for (const mode of modes) once.push(await search(mode, 1));
    const fastest = once.toSorted((a, b) => a.seconds - b.seconds)[0]!;
    if (runs > 1) fastest.all.push(...(await search(fastest.mode, runs - 1)).all);
    return {
      exported: made.exported,
      compiled: fastest.compiled,
      rows: once.map(
        ({ mode, all }): Row => ({ tool: `Spin, ${mode.name}`, scope, ...median(all) }),
      ),
      best: median(fastest.all),
    };
  } finally {
    made.remove();
  }
}

/** The largest scope that it explores within the time limit; undefined: none. */
async function xstate(how: 'graph' | 'search', tool: string): Promise<Row | undefined> {
  let largest: Row | undefined;
  for (const scope of forXstate) {
    const { stdout, timedOut, seconds, bytes, code } = await measured({
      command: process.execPath,
      args: ['node_modules/jiti/lib/jiti-cli.mjs', file('xstate.ts'), how, DESIGN, scope],
      cwd: root,
      timeout: XSTATE_TIMEOUT,
    });
    log(`${tool} in scope ${scope}: ${timedOut ? 'not in time' : `${number(seconds, 1)} s`}`);
    if (timedOut) return largest;
    if (code !== 0) throw new Error(`${tool} failed in scope ${scope}`);
    const { states, transitions } = JSON.parse(stdout) as Counted;
    const ours = await check(DESIGN, scope, 'off');
    same(
      `${tool} in scope ${scope}`,
      { states, transitions },
      { states: ours.states, transitions: ours.transitions },
    );
    largest = { tool, scope, states, transitions, seconds, bytes };
  }
  return largest;
}

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const version = (program: string) =>
  /\d+\.\d+\.\d+/.exec(
    execFileSync(program, [program === 'spin' ? '-V' : '--version'], { encoding: 'utf8' }),
  )![0];

/** Other processes on the machine affect the seconds. */
const busy = number(loadavg()[0]!, 1);
build();
const empty = median(
  await repeated('recwalk in a minimal scope', runs, () => check(DESIGN, EMPTY, 'off')),
);
const off = await recwalk('off');
const on = await recwalk('on');
same(on.tool, counted(on), counted(off));
const spun = await spin(off);
const graph = await xstate('graph', 'xstate/graph, getAdjacencyMap');
const search = await xstate('search', 'XState, a plain search');

const rows = [on, off, ...spun.rows, ...[graph, search].filter((row) => row !== undefined)];
const rate = ({ states, seconds }: Pick<Row, 'states' | 'seconds'>) => states / seconds;
const bytesPerState = ({ tool, bytes, states }: Row) =>
  (bytes - (tool.startsWith('recwalk') ? empty.bytes : 0)) / states;
const cells = (row: Row) => [
  row.tool,
  row.scope === scope ? 'as above' : row.scope,
  number(row.states),
  row.tool.startsWith('Spin') && row.transitions >= 1e8
    ? `${number(row.transitions + 1)} in 8 digits`
    : number(row.transitions),
  number(row.seconds, 1),
  number(row.bytes / 2 ** 20),
  number(bytesPerState(row)),
  number(rate(row)),
  number(rate(on) / rate(row), 2),
  number(rate(off) / rate(row), 2),
];
const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
const claim = (description: string, figure: number, holds: boolean, unit: string) =>
  `- ${description}: ${holds ? 'holds' : 'misses'}, ${number(figure, 1)}${unit}`;

process.stdout.write(
  `${[
    `${cpus().length} cores of ${cpus()[0]!.model}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, Spin ${version('spin')}, gcc ${version('gcc')}, ${new Date().toISOString().slice(0, 10)}; medians of ${runs}; load at the start ${busy}.`,
    '',
    `The scope: ${DESIGN}, \`${scope}\`.`,
    '',
    line([
      'tool',
      'scope',
      'states',
      'transitions',
      'seconds',
      'peak MB',
      'bytes per state',
      'states/s',
      'recwalk is faster by',
      'with reductions off',
    ]),
    line(['---', '---', ...Array(8).fill('---:')]),
    ...rows.map((row) => line(cells(row))),
    '',
    `Not included: the export of the model, ${number(spun.exported.seconds, 1)} s and ${number(spun.exported.bytes / 2 ** 20)} MB; gcc for Spin's best mode, ${number(spun.compiled.seconds, 1)} s. recwalk in a minimal scope: ${number(empty.seconds, 1)} s, ${number(empty.bytes / 2 ** 20)} MB, which are subtracted for its bytes per state.`,
    '',
    claim(
      "20 times Spin's best, reductions on",
      rate(on) / rate(spun.best),
      rate(on) >= 20 * rate(spun.best),
      ' times',
    ),
    claim(
      "3 times Spin's best, reductions off",
      rate(off) / rate(spun.best),
      rate(off) >= 3 * rate(spun.best),
      ' times',
    ),
    ...(graph === undefined
      ? [`- 500 times xstate/graph: it explored no scope in ${XSTATE_TIMEOUT / 1000} s`]
      : [
          claim(
            '500 times xstate/graph, reductions off',
            rate(off) / rate(graph),
            rate(off) >= 500 * rate(graph),
            ' times',
          ),
        ]),
    claim(
      '40 bytes per state, reductions off',
      bytesPerState(off),
      bytesPerState(off) <= 40,
      ' bytes',
    ),
    '',
    differences.length === 0
      ? 'All count the same states and transitions, and judge the same rules broken.'
      : differences.map((difference) => `DIFFERENT: ${difference}`).join('\n'),
  ].join('\n')}\n`,
);
process.exitCode = differences.length === 0 ? 0 : 1;
