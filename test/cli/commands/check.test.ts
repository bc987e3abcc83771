import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../../src/cli/shared/report.js';
import { build, fixture, main, plain, recwalk, root } from '../recwalk.js';

const SLOW = { timeout: 600_000 };
const LAMP = fixture('lamp.ts');
const BROKEN = fixture('broken-lamp.ts');
const small = ['check', 'proposal', '--scope', 'small'];

beforeAll(build, 600_000);

const reportOf = (stdout: string): Report => JSON.parse(stdout);
const verdicts = (stdout: string) =>
  reportOf(stdout).results.map(({ rules }) => rules.map(({ verdict }) => verdict));

describe('a rule about whole paths', SLOW, () => {
  const UPLOADS = join(root, 'docs/examples/uploads.ts');

  test('is broken by a loop, which the story marks', async () => {
    const { code, stdout } = await recwalk(['check', UPLOADS, '--rule', 'served']);
    expect(code).toBe(1);
    expect(stdout).toContain(
      [
        '  After step 1 `from` is true, and from there on `to` never is.',
        '  1  a begins',
        '  loop:',
        '  2  b begins',
        '  3  b takes the line',
        '  4  b releases the line',
        '  ... and so on from step 2',
      ].join('\n'),
    );
  });

  test('that holds on every fair path is no break, and the path that starves is printed', async () => {
    const strongly = ['check', UPLOADS, '--rule', 'served-strongly'];
    const { code, stdout } = await recwalk(strongly);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^served-strongly +may starve/m);
    expect(stdout).toContain('    "a" is enabled again and again and never taken.');
    const [rule] = reportOf((await recwalk([...strongly, '--json'])).stdout).results[0]!.rules;
    expect(rule).toMatchObject({
      verdict: 'holds',
      starvation: { stem: 1, trigger: 1, starved: [{ name: 'a', fairness: 'strong' }] },
    });
  });

  test('has no verdict after a stopped search', async () => {
    const { code, stdout } = await recwalk(['check', UPLOADS, '--max-states', '7', '--json']);
    expect(code).toBe(3);
    expect(verdicts(stdout)).toEqual([['unknown', 'unknown', 'unknown']]);
  });
});

describe('the exit code', SLOW, () => {
  test('is 0 if every rule holds', async () => {
    const { code, stdout, stderr } = await recwalk(['check', LAMP]);
    expect(stdout).toMatch(/^goes-on +holds/m);
    expect(stdout).toContain('all paths explored: 2 states, 2 transitions, depth 1');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('is 1 if a rule is broken; prints the shortest story and the goals that were not reached', async () => {
    const { code, stdout } = await recwalk(['check', BROKEN]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^always-dark +BROKEN/m);
    expect(stdout).toMatch(/BROKEN in broken-lamp: always-dark\n.*\n.*\n +1 {2}press$/m);
    expect(stdout).toContain('never reached: blue');
  });

  test('is also 1 if other rules hold', async () => {
    const { code, stdout } = await recwalk([...small, '--json']);
    expect(code).toBe(1);
    const [found] = verdicts(stdout);
    expect(new Set(found)).toEqual(new Set(['holds', 'broken']));
  });

  test('is 1 if a rule is broken in one of several targets', async () => {
    expect(await recwalk(['check', LAMP, BROKEN])).toMatchObject({ code: 1 });
  });

  test('is 3 if a call exceeds the message limit; a line names the call', async () => {
    const { code, stdout, stderr } = await recwalk(['check', 'test/toys/odometer.ts']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^true +unknown/m);
    expect(stdout).toContain('stopped (messages): 1 state');
    expect(stderr).toContain('RW310: call "run" of odometer was stopped after 10,000,000 messages');
  });

  test('is 3 if a limit stopped the search; then no rule holds', async () => {
    const limited = ['--max-states', '100', '--rule', 'exclusive-flags', 'count-is-exact'];
    const text = await recwalk([...small, ...limited]);
    expect(text.code).toBe(3);
    expect(text.stdout).toContain('stopped (states): 100 states');
    // The number of states of each machine, in descending order.
    expect(text.stderr).toMatch(
      /^proposal: stopped \(states\) after 100 states, .*\n {2}states of each machine: \w+ \d+, .*\n$/,
    );
    const sizes = [...text.stderr.split('\n')[1]!.matchAll(/ (\d+)(?=,|$)/g)].map(([, n]) =>
      Number(n),
    );
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(sizes[0]).toBeGreaterThan(1);
    expect(text.stdout).not.toContain('holds');

    const json = await recwalk([...small, ...limited, '--json']);
    expect(json.code).toBe(3);
    expect(verdicts(json.stdout)).toEqual([['unknown', 'unknown']]);
    expect(reportOf(json.stdout).results[0]).toMatchObject({
      complete: false,
      stopped: 'states',
      states: 100,
    });
  });

  test('is 3 if the memory limit stopped the search', async () => {
    const { code, stdout } = await recwalk(['check', LAMP, '--memory', '1K', '--json']);
    expect(code).toBe(3);
    // A reached goal stays reached; that every state leads back is unknown.
    expect(verdicts(stdout)).toEqual([['holds', 'unknown']]);
  });

  test('is also 3 if a rule was broken before the limit', async () => {
    const { code, stdout } = await recwalk(['check', BROKEN, '--memory', '1K', '--json']);
    expect({ code, verdicts: verdicts(stdout) }).toEqual({
      code: 3,
      verdicts: [['broken', 'unknown']],
    });
  });
});

describe('--json', SLOW, () => {
  test('is one document with the documented content', async () => {
    const { stdout } = await recwalk([...small, '--json']);
    const { results, ...about } = reportOf(stdout);
    expect(about).toEqual({
      tool: 'recwalk',
      format: 2,
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    });
    expect(results).toHaveLength(1);
    const { rules, seconds, ...result } = results[0]!;
    expect(result).toMatchObject({
      design: 'proposal',
      scope: { records: 2, ipmodify: 1, willing: 1, tracer: 1 },
      complete: true,
      reductions: [],
    });
    for (const key of ['states', 'transitions', 'depth'] as const)
      expect(result[key]).toBeGreaterThan(0);
    expect(seconds).toBeGreaterThan(0);
    const broken = rules.filter(({ verdict }) => verdict === 'broken');
    expect(broken.length).toBeGreaterThan(0);
    for (const { counterexample } of broken)
      for (const step of counterexample!.steps) {
        expect(step.call).toMatch(/^(add|remove|register|unregister|modify) [XWT]/);
        expect(step).toMatchObject({ errno: expect.any(Number), callbacks: expect.any(Array) });
        expect(step.records).toHaveLength(2);
      }
  });

  test('has the evidence of kernels for each broken rule of a design', async () => {
    const { stdout } = await recwalk([...small, '--json']);
    for (const { verdict, evidence } of reportOf(stdout).results[0]!.rules)
      expect(evidence).toEqual(
        verdict === 'broken'
          ? [{ seen: false, because: 'no available kernel implements this design' }]
          : undefined,
      );
    const own = reportOf((await recwalk(['check', BROKEN, '--json'])).stdout);
    for (const rule of own.results[0]!.rules) expect(rule).not.toHaveProperty('evidence');
  });

  test('has each break class of a rule; the first is the counterexample', async () => {
    const { stdout } = await recwalk([
      'check',
      'linux-6.12',
      '--rule',
      'consent-is-exact',
      '--json',
    ]);
    const { counterexample, evidence, classes } = reportOf(stdout).results[0]!.rules[0]!;
    expect(classes!.map(({ name, transitions }) => [name, transitions])).toEqual([
      ['add ipmodify: 0', 88],
      ['remove ipmodify: 0', 88],
      ['register direct: 0', 175],
      ['register ipmodify: -EBUSY, PEER 0', 48],
      ['unregister ipmodify: 0, DISABLE 0', 8],
    ]);
    expect(classes![0]).toMatchObject({ counterexample, evidence });
    for (const one of classes!) expect(one.counterexample!.steps.length).toBeGreaterThan(4);
  });

  test('has only the verdict of a rule that holds', async () => {
    const { stdout } = await recwalk([...small, '--rule', 'exclusive-flags', '--json']);
    expect(reportOf(stdout).results[0]!.rules).toEqual([
      { id: 'exclusive-flags', verdict: 'holds' },
    ]);
  });
});

describe('the output', SLOW, () => {
  test('has the first break class of a rule, and the command that prints the others', async () => {
    const { stdout } = await recwalk(['check', 'linux-6.12', '--rule', 'consent-is-exact']);
    expect(stdout).toContain('\n  4 more break classes: --explain consent-is-exact@linux-6.12\n');
    const one = await recwalk(['check', 'linux-6.12', '--rule', 'fails-right-there']);
    expect(one.stdout).not.toMatch(/more break class/);
  });

  const ESCAPE = '\u001b';
  const colourful = { ...plain, FORCE_COLOR: '1' };

  test('has colors on a terminal only', async () => {
    expect((await recwalk(small, colourful)).stdout).toContain(ESCAPE);
    expect((await recwalk(small)).stdout).not.toContain(ESCAPE);
  });

  test('has no colors with NO_COLOR', async () => {
    const { stdout, stderr } = await recwalk(small, { ...colourful, NO_COLOR: '1' });
    expect(stdout + stderr).not.toContain(ESCAPE);
  });

  test('has no colors in JSON on any terminal', async () => {
    const { stdout } = await recwalk([...small, '--json'], colourful);
    expect(stdout).not.toContain(ESCAPE);
  });

  test('is the same in every run except for the seconds', async () => {
    const runs = [small, [...small, '--json'], ['paths', 'linux-6.12', '--scope', 'small']];
    for (const args of runs) {
      const [one, two] = await Promise.all([recwalk(args), recwalk(args)]);
      const same = ({ stdout }: { stdout: string }) =>
        stdout.replace(/"seconds": [\d.]+/g, '"seconds": 0');
      expect(same(one)).toBe(same(two));
      expect(one.stdout.length).toBeGreaterThan(1000);
    }
  });

  test('ends without an error when its reader closes the pipe', async () => {
    const child = spawn(process.execPath, [main, 'paths', 'linux-6.12', '--scope', 'small'], {
      cwd: root,
      env: plain,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let emitted = '';
    child.stderr.on('data', (piece) => {
      emitted += piece;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const [code] = await once(child, 'close');
    expect({ code, emitted }).toEqual({ code: 141, emitted: '' });
  });
});

describe('Ctrl-C in a long check', { timeout: 600_000 }, () => {
  const scope = ['--scope', 'records=3,ipmodify=2,willing=2,bpf=1,absent=1,tracer=1'];

  /** Interrupts as soon as there is a first line of progress. */
  async function interrupted(args: readonly string[]) {
    const child = spawn(process.execPath, [main, 'check', 'linux-6.12', ...scope, ...args], {
      cwd: root,
      env: plain,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (piece) => {
      stdout += piece;
    });
    child.stderr.on('data', (piece) => {
      if (stderr === '') child.kill('SIGINT');
      stderr += piece;
    });
    const [code, signal] = await once(child, 'close');
    return { code, signal, stdout, stderr };
  }

  test('ends the check with exit 3, prints the coverage, and claims nothing', async () => {
    const { code, signal, stdout, stderr } = await interrupted(['--rule', 'exclusive-flags']);
    expect({ code, signal }).toEqual({ code: 3, signal: null });
    expect(stdout).toMatch(/^exclusive-flags +unknown/m);
    expect(stdout).toMatch(/stopped \(interrupted\): [\d,]+ states, [\d,]+ transitions, depth \d+/);
    expect(stderr).toMatch(
      /^linux-6\.12: [\d,]+ states, [\d,]+ transitions, depth \d+, queue [\d,]+, [\d,]+ transitions\/s\n/,
    );
    expect(stderr.trimEnd().split('\n').at(-2)).toMatch(/stopped \(interrupted\) after [\d,]+/);
  });

  test('keeps the rules already broken: exit 3, and complete JSON', async () => {
    const { code, stdout } = await interrupted(['--rule', 'searches-only-when-direct', '--json']);
    expect(code).toBe(3);
    const [result] = reportOf(stdout).results;
    expect(result).toMatchObject({ complete: false, stopped: 'interrupted' });
    expect(result!.rules).toMatchObject([{ id: 'searches-only-when-direct', verdict: 'broken' }]);
  });
});

test('--quiet prints nothing on stderr, even in a long check', { timeout: 600_000 }, async () => {
  const long = ['check', 'linux-6.12', '--rule', 'exclusive-flags', '--scope'];
  const scope = 'records=3,ipmodify=2,willing=2,bpf=1,absent=1,tracer=1,inuse=3';
  const talks = await recwalk([...long, scope, '--max-states', '100000']);
  expect(talks.stderr).toMatch(/^linux-6\.12: .* transitions\/s$/m);
  const quiet = await recwalk([...long, scope, '--max-states', '100000', '--quiet']);
  expect(quiet.stderr).toBe('');
  expect(quiet.stdout).toBe(talks.stdout);
  expect(quiet.code).toBe(3);
});
