import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { networkOf } from '../../../machines/design.js';
import { parseScope } from '../../../machines/scopes.js';
import type { DiffReport } from '../../../src/cli/shared/diff/report.js';
import { CHOICES } from '../../../src/cli/shared/diff/text.js';
import { designNamed } from '../../../src/cli/shared/registry.js';
import { CompiledSystem } from '../../../src/interpret/compiledSystem.js';
import { outcomeParts } from '../../../src/interpret/outcomeParts.js';
import { play } from '../../../src/interpret/play.js';
import { build, fixture, main, plain, recwalk, root } from '../recwalk.js';

const SLOW = { timeout: 600_000 };
const LAMP = fixture('lamp.ts');
const small = ['diff', 'proposal', 'linux-6.12', '--scope', 'small'];
/** These two have no difference in the small scope. */
const same = ['diff', 'linux-6.1', 'linux-6.12', '--scope', 'small'];
const folder = mkdtempSync(join(root, 'test/diff-'));

beforeAll(() => {
  build();
  // Has the name of the lamp, and cannot be switched off.
  writeFileSync(
    join(folder, 'candle.ts'),
    `import { setup } from 'xstate';
     import lamp from '../cli/fixtures/lamp.js';
     const machine = setup({}).createMachine({
       initial: 'off',
       states: { off: { on: { press: 'on' } }, on: {} },
     });
     export default { ...lamp, components: [{ name: 'lamp', machine }] };`,
  );
}, 600_000);

afterAll(() => rmSync(folder, { recursive: true }));

const reportOf = (stdout: string): DiffReport => JSON.parse(stdout);

describe('the exit code', SLOW, () => {
  test('is 0 if the outcomes are the same everywhere in the scope', async () => {
    const { code, stdout, stderr } = await recwalk(same);
    const [verdict, scope, walked, choices, ...rest] = stdout.trimEnd().split('\n');
    expect(verdict).toBe('linux-6.1 and linux-6.12: same outcomes everywhere');
    expect(choices).toBe(`  ${CHOICES}`);
    expect(scope).toMatch(/^ {2}scope records=2,tracer=1,ipmodify=1,willing=1,inuse=2/);
    expect(walked).toMatch(
      /^ {2}all paths explored: \d+ pairs of states, [\d,]+ calls, depth \d+$/,
    );
    // The output lists the features that differ, even if no difference is visible in this scope.
    expect(rest.slice(0, 2)).toEqual(['', 'from linux-6.1 to linux-6.12']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('is 1 if they differ; prints the shortest story and both outcomes of its last call', async () => {
    const { code, stdout, stderr } = await recwalk(small);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(/^proposal and linux-6\.12 differ: \d+ divergence classes\n {2}scope /);
    expect(stdout).toContain('all paths explored as far as both sides agree: ');
    expect(stdout).toMatch(/^register direct: 0 \/ 0, SELF 0 \(\d+ times\)$/m);
    expect(stdout).toMatch(/^ {2}directMeetsIpmodify joins -> asks: /m);
    expect(stdout).toContain('because of directMeetsIpmodify');
    // A direct ops joins an IPMODIFY record: 6.12 asks W, the mail does not.
    expect(stdout).toContain(
      [
        '  1  add X 1               0',
        '  2  register X records 1  0; 1: (1) RI. - ran X',
        '  3  add W 1               0',
        '  4  register W records 1',
        '       proposal    0; 1: (2) RID W.a ran X,W.a',
        '       linux-6.12  0; W SELF 0; 1: (2) RID W.a ran X,W.a',
      ].join('\n'),
    );
  });

  test('is 3 if a limit came first; then no sameness is claimed', async () => {
    for (const limit of [
      ['--max-states', '20'],
      ['--memory', '1K'],
    ]) {
      const text = await recwalk([...same, ...limit]);
      expect(text.code).toBe(3);
      expect(text.stdout).toContain('no difference found in the explored part');
      expect(text.stdout).toMatch(/stopped \((states|memory)\): [\d,]+ pairs? of states/);
      expect(text.stderr).toMatch(
        /^linux-6\.1 and linux-6\.12: stopped \((states|memory)\) after /,
      );
      expect(text.stdout + text.stderr).not.toContain('same');
      const json = await recwalk([...same, ...limit, '--json']);
      expect(json.code).toBe(3);
      expect(reportOf(json.stdout)).toMatchObject({ verdict: 'unknown', complete: false });
    }
  });

  test('is 1 if a difference was found before the limit', async () => {
    const { stdout } = await recwalk([...small, '--json']);
    const { pairs } = reportOf(stdout);
    const text = await recwalk([...small, '--max-states', String(pairs - 1)]);
    expect(text.code).toBe(1);
    expect(text.stdout).toMatch(/differ: \d+ divergence classes so far\n/);
    expect(text.stdout).toMatch(/stopped \(states\): .*the rest is unknown/);
  });
});

describe('the output', SLOW, () => {
  test('has at most six divergence classes with stories, and the number of the others', async () => {
    const { stdout } = await recwalk(small);
    const json = reportOf((await recwalk([...small, '--json'])).stdout);
    const { length } = json.differences;
    expect(length).toBeGreaterThan(1);
    expect(stdout.match(/^ {7}proposal /gm)).toHaveLength(Math.min(length, 6));
    const many = ['diff', 'proposal', 'linux-6.12'];
    const rest = reportOf((await recwalk([...many, '--json'])).stdout).differences.length - 6;
    expect(rest).toBeGreaterThan(1);
    const text = (await recwalk(many)).stdout;
    expect(text.match(/^ {7}proposal /gm)).toHaveLength(6);
    expect(text).toContain(`and ${rest} more divergence classes; --json lists all`);
  });

  test('has every divergence class in JSON, the shortest first, each with a story that both designs can play', async () => {
    const { code, stdout } = await recwalk([...small, '--json']);
    const { differences, designs, ...report } = reportOf(stdout);
    expect(code).toBe(1);
    expect(report).toMatchObject({ tool: 'recwalk', verdict: 'differ', complete: true });
    expect(designs.map(({ design }) => design)).toEqual(['proposal', 'linux-6.12']);
    for (const { scope } of designs) expect(scope).toMatchObject({ records: 2, ipmodify: 1 });
    const lengths = differences.map(({ steps }) => steps.length);
    expect(lengths).toEqual(lengths.toSorted((a, b) => a - b));
    expect(new Set(differences.map(({ sort }) => sort)).size).toBe(differences.length);

    const sides = await Promise.all(
      ['proposal', 'linux-6.12'].map(async (name) => {
        const compiled = new CompiledSystem(
          networkOf(await designNamed(name), parseScope('small'), []),
        );
        /** Replaces a choice that this design does not have by the one that it has. */
        const number = (call: string) => {
          const { stimuli } = compiled.network;
          const ascending = call.replace(/[\d,]+$/, (order) => order.split(',').sort().join());
          const exact = stimuli.findIndex(({ description }) => description === call);
          return exact >= 0
            ? exact
            : stimuli.findIndex(({ description }) => description === ascending);
        };
        return (calls: readonly string[]) =>
          Array.from(play(compiled, calls.map(number)), ({ emitted, after }) =>
            outcomeParts(compiled.network as never, emitted, after),
          );
      }),
    );
    for (const { steps, call, outcomes } of differences) {
      expect(outcomes[0]).not.toEqual(outcomes[1]);
      for (const [i, played] of sides.entries())
        expect(played([...steps.map((step) => step.call), call])).toEqual([
          ...steps.map(({ outcome }) => outcome),
          outcomes[i],
        ]);
    }
  });

  test('is the same in every run except for the seconds', async () => {
    const seconds = ({ stdout }: { stdout: string }) => stdout.replace(/"seconds": [\d.]+/g, '');
    for (const args of [small, [...small, '--json']])
      expect(seconds(await recwalk(args))).toBe(seconds(await recwalk(args)));
  });
});

describe('files', SLOW, () => {
  test('are named by their networks', async () => {
    expect(await recwalk(['diff', LAMP, fixture('broken-lamp.ts')])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('lamp and broken-lamp: same outcomes everywhere'),
    });
  });

  test('with networks of one name are named by their paths', async () => {
    const candle = join(folder, 'candle.ts');
    const { code, stdout } = await recwalk(['diff', LAMP, candle]);
    expect(code).toBe(1);
    expect(stdout).toContain(`${LAMP} and ${candle} differ: 1 divergence class`);
    expect(stdout).toMatch(
      / 2 {2}press\n +\S+lamp\.ts +nothing said\n +\S+candle\.ts +not offered/,
    );
  });

  test('can be compared with designs, and the scope applies to the design', async () => {
    const { code, stdout } = await recwalk(['diff', LAMP, 'proposal', '--scope', 'small']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ {2}proposal: scope records=2/m);
    expect(stdout).toMatch(/ 1 {2}press\n +lamp +nothing said\n +proposal +not offered/);
  });
});

test('Ctrl-C ends it with exit 3, prints the coverage, and claims nothing', SLOW, async () => {
  const scope = ['--scope', 'records=3,ipmodify=2,willing=2,bpf=1,absent=1,tracer=1'];
  const child = spawn(process.execPath, [main, 'diff', 'linux-6.12', 'linux-6.12', ...scope], {
    cwd: root,
    env: plain,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (piece) => {
    stdout += piece;
  });
  child.stderr.on('data', (piece) => {
    if (stderr === '') child.kill('SIGINT');
    stderr += piece;
  });
  const [code, signal] = await once(child, 'close');
  expect({ code, signal }).toEqual({ code: 3, signal: null });
  expect(stdout).toContain('no difference found in the explored part');
  expect(stdout).toMatch(
    /stopped \(interrupted\): [\d,]+ pairs of states, [\d,]+ calls, depth \d+/,
  );
  expect(stderr).toMatch(
    /^linux-6\.12 and linux-6\.12: [\d,]+ pairs of states, [\d,]+ transitions, depth \d+, queue [\d,]+, [\d,]+ transitions\/s\n/,
  );
  expect(stdout + stderr).not.toContain('same');
});

test('--quiet prints nothing on stderr, and the same on stdout', SLOW, async () => {
  const limited = [...same, '--max-states', '20'];
  const [talks, quiet] = await Promise.all([recwalk(limited), recwalk([...limited, '--quiet'])]);
  expect(talks.stderr).not.toBe('');
  expect(quiet).toEqual({ ...talks, stderr: '' });
});
