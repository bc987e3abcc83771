import { describe, expect, test } from 'vitest';
import { root } from '../cli/recwalk.js';
import counts from '../counts.json' with { type: 'json' };
import { IN_ALL, isExhaustive } from '../effort.js';
import { needsSpin } from '../export/needsSpin.js';
import { account, hasSpin, inDigits } from '../export/spin.js';
import { measured } from './measured.js';

needsSpin('the benchmark');

const node = (script: string, timeout?: number) =>
  measured({
    command: process.execPath,
    args: ['-e', script],
    cwd: root,
    ...(timeout && { timeout }),
  });

test('Spin prints large numbers with eight digits', () => {
  const printed = (transitions: string) =>
    account(`    12046336 states, stored\n${transitions} transitions (= stored+matched)\n`)
      .transitions;
  expect(printed('    44935')).toBe(44_934);
  expect(inDigits(44_934)).toBe(44_934);
  expect(printed('2.5982387e+08')).toBe(inDigits(259_823_872));
  expect(printed('2.5982387e+08')).not.toBe(inDigits(259_823_900));
});

describe('the measurement of a program', () => {
  const HOLD = 'const held = Buffer.alloc(3e8, 1); setTimeout(() => held, 300);';

  test('has its memory, output, time and exit code', async () => {
    const ran = await node(`${HOLD} process.stdout.write("done"); process.exitCode = 3;`);
    expect(ran).toMatchObject({ code: 3, stdout: 'done', timedOut: false });
    expect(ran.bytes).toBeGreaterThan(3e8);
    expect(ran.bytes).toBeLessThan(5e8);
    expect(ran.seconds).toBeGreaterThan(0.3);
  });

  test('includes the memory of its children', async () => {
    const ran = await node(
      `require("child_process").execFileSync(process.execPath, ["-e", ${JSON.stringify(HOLD)}])`,
    );
    expect(ran.bytes).toBeGreaterThan(3e8);
  });

  test('ends at the time limit', async () => {
    const ran = await node('setInterval(() => {}, 1000)', 500);
    expect(ran.timedOut).toBe(true);
  });
});

test.runIf(hasSpin)(
  'the quick benchmark: all tools count the same, in a table',
  async ({ skip }) => {
    skip(!isExhaustive, `a minute of searches: ${IN_ALL}`);
    const { code, stdout } = await measured({
      command: process.execPath,
      args: ['node_modules/jiti/lib/jiti-cli.mjs', 'test/bench/bench.ts', '--quick', '--runs', '1'],
      cwd: root,
    });
    const rows = stdout
      .split('\n')
      .filter((line) => /^\| (recwalk|Spin|xstate|XState)/.test(line))
      .map((line) => line.split('|').map((cell) => cell.trim()))
      .map(([, tool, , states, transitions]) => [tool, states, transitions]);
    const { states, transitions } = counts['linux-6.12'].edits;
    const edits = [states, transitions].map((n) => n.toLocaleString('en-US'));
    expect(rows).toEqual([
      ['recwalk, reductions on', ...edits],
      ['recwalk, reductions off', ...edits],
      ['Spin, depth-first', ...edits],
      ['Spin, breadth-first', ...edits],
      ['Spin, breadth-first, 2 cores', ...edits],
      ['Spin, depth-first, 2 cores', ...edits],
      ['xstate/graph, getAdjacencyMap', '258', '1,423'],
      ['XState, a plain search', '258', '1,423'],
    ]);
    expect(stdout.match(/^- .*: (holds|misses), [\d,.]+ (times|bytes)$/gm)).toHaveLength(4);
    expect(stdout).toMatch(/\nAll count the same states and transitions, .*\n$/);
    expect(code).toBe(0);
  },
);
