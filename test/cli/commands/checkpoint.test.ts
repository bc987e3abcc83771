import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { IN_ALL, isExhaustive } from '../../effort.js';
import { build, fixture, main, plain, type Ran, recwalk, root } from '../recwalk.js';

const SLOW = { timeout: 600_000 };
const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const file = join(folder, 'kept');
const draft = `${file}.part`;
/** 285,036 states: several checkpoints. */
const edits = ['check', 'linux-6.12', '--scope', 'edits', '--json'];
/** Processes that are killed at random. */
const KILLS = isExhaustive ? 20 : 1;
const small = ['check', 'proposal', '--scope', 'small', '--json'];
const keeping = ['--checkpoint', file];

beforeAll(build, 600_000);
beforeEach(() => {
  rmSync(file, { force: true });
  rmSync(draft, { force: true });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A report without the time it took. */
const timeless = (stdout: string) => stdout.replace(/"seconds": [\d.]+/, '');

/** Runs the program while `meanwhile` acts on it; `code` is null if that killed it. */
async function disturbed(
  args: readonly string[],
  meanwhile: (child: ChildProcess) => () => void,
): Promise<Ran> {
  const child = spawn(process.execPath, [main, ...args], { cwd: root, env: plain });
  const emitted = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text) => {
      emitted[stream] += text;
    });
  const release = meanwhile(child);
  const [code] = await once(child, 'close');
  release();
  return { code, ...emitted };
}

/** Sends a signal after this many events on a file of the folder. */
const after =
  (name: string, times: number, signal: NodeJS.Signals = 'SIGKILL') =>
  (child: ChildProcess) => {
    let left = times;
    const watcher = watch(folder, (_, changed) => {
      if (changed === name && --left === 0) child.kill(signal);
    });
    return () => watcher.close();
  };

describe('a killed search resumes', SLOW, () => {
  test('from any point, with the same result as an undisturbed search', async () => {
    const undisturbed = await recwalk(edits);
    const kills = [
      // The first file has its name.
      after('kept', 1),
      // While a later one is being written: in the middle, at the beginning.
      after('kept.part', 5),
      after('kept.part', 1),
      after('kept.part', 40),
      after('kept', 2),
    ];
    for (const kill of kills.slice(0, isExhaustive ? undefined : 2)) {
      const ran = await disturbed([...edits, ...keeping], kill);
      expect(ran).toMatchObject({ code: null, stdout: '' });
      expect(existsSync(file)).toBe(true);
    }
    const last = readFileSync(file);
    const ran = await recwalk([...edits, ...keeping]);
    expect(ran.code).toBe(undisturbed.code);
    expect(timeless(ran.stdout)).toBe(timeless(undisturbed.stdout));
    expect(ran.stderr).toMatch(/^resumed from .*kept: [\d,]+ states, [\d,]+ transitions$/m);
    expect(existsSync(file) || existsSync(draft)).toBe(false);

    if (!isExhaustive) return;
    const stories = await recwalk(edits.filter((arg) => arg !== '--json'));
    writeFileSync(file, last);
    const quiet = await recwalk([...edits.filter((a) => a !== '--json'), ...keeping, '--quiet']);
    expect(quiet).toEqual({ ...stories, stderr: '' });
  });

  test('with reductions, killed again and again at any moment', async () => {
    const args = ['check', fixture('darkness.ts'), '--reductions', 'on', '--json'];
    const undisturbed = await recwalk(args);
    expect(undisturbed.code).toBe(1);
    const seed = Date.now();
    const chance = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { seed, numRuns: 1_000 });
    const next = () => chance.pop()!;
    let kills = 0;
    while (kills < KILLS) {
      // At any point: before, during or after a write.
      const kill =
        next() < 0.5
          ? after(next() < 0.5 ? 'kept' : 'kept.part', 1 + Math.floor(next() * 6))
          : (child: ChildProcess) => {
              const timer = setTimeout(() => child.kill('SIGKILL'), 300 + next() * 2_000);
              return () => clearTimeout(timer);
            };
      const ran = await disturbed([...args, ...keeping], kill);
      if (ran.code === null) kills++;
      else expect(timeless(ran.stdout), `seed ${seed}`).toBe(timeless(undisturbed.stdout));
    }
    const ran = await recwalk([...args, ...keeping]);
    expect(timeless(ran.stdout), `seed ${seed}`).toBe(timeless(undisturbed.stdout));
  });

  test('when it was killed while it loaded', async ({ skip }) => {
    skip(!isExhaustive, `six long searches: ${IN_ALL}`);
    const undisturbed = await recwalk(edits);
    await disturbed([...edits, ...keeping], after('kept', 3));
    const before = readFileSync(file);
    for (const milliseconds of [50, 200, 350, 500]) {
      const ran = await disturbed([...edits, ...keeping], (child) => {
        const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
        return () => clearTimeout(timer);
      });
      expect(ran.code).toBeNull();
    }
    expect(readFileSync(file).length).toBeGreaterThanOrEqual(before.length);
    const ran = await recwalk([...edits, ...keeping]);
    expect(timeless(ran.stdout)).toBe(timeless(undisturbed.stdout));
  });

  test('Ctrl-C, other signals that end a process, and a limit save the checkpoint', async ({
    skip,
  }) => {
    skip(!isExhaustive, `seven long searches: ${IN_ALL}`);
    const undisturbed = await recwalk(edits);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      const interrupted = await disturbed([...edits, ...keeping], after('kept', 1, signal));
      expect(interrupted.stdout).toContain('"stopped": "interrupted"');
      expect(interrupted.code).toBe(3);
      expect(readdirSync(folder)).toEqual(['kept']);
    }
    const limited = await recwalk([...edits, ...keeping, '--max-states', '200000']);
    expect(limited.stdout).toContain('"stopped": "states"');
    const poor = await recwalk([...edits, ...keeping, '--memory', '1K']);
    expect(poor.stdout).toContain('"stopped": "memory"');
    expect(poor.stderr).toContain('200,000 states');
    const ran = await recwalk([...edits, ...keeping]);
    expect(timeless(ran.stdout)).toBe(timeless(undisturbed.stdout));
  });
});

test(
  'a second process on the same checkpoint is refused, and the first continues',
  SLOW,
  async () => {
    const undisturbed = await recwalk(edits);
    const link = join(folder, 'link');
    let seconds: Promise<readonly Ran[]> | undefined;
    let first: number | undefined;
    const ran = await disturbed([...edits, ...keeping], (child) => {
      first = child.pid;
      const watcher = watch(folder, (_, changed) => {
        if (changed !== 'kept' || seconds !== undefined) return;
        symlinkSync(file, link);
        seconds = Promise.all(
          [file, link].map((path) => recwalk([...small, '--checkpoint', path])),
        );
      });
      return () => watcher.close();
    });
    for (const [i, path] of [file, link].entries())
      expect((await seconds)![i]).toEqual({
        code: 2,
        stdout: '',
        stderr: `recwalk: RW056: checkpoint ${path} is in use by process ${first}; wait until it ends, or give another file\n`,
      });
    rmSync(link);
    expect(ran.code).toBe(undisturbed.code);
    expect(timeless(ran.stdout)).toBe(timeless(undisturbed.stdout));
    expect(readdirSync(folder)).toEqual([]);
  },
);

test('a small search writes no file', SLOW, async () => {
  const undisturbed = await recwalk(small);
  const ran = await recwalk([...small, ...keeping]);
  expect({ ...ran, stdout: timeless(ran.stdout) }).toEqual({
    ...undisturbed,
    stdout: timeless(undisturbed.stdout),
  });
  expect(existsSync(file) || existsSync(draft)).toBe(false);
});

describe('refused with exit 2 and one line; the file does not change', SLOW, () => {
  const stopped = [...small, ...keeping, '--max-states', '100'];
  const lamp = ['check', fixture('lamp.ts'), ...keeping];

  test.each<[why: string, args: readonly string[], description: RegExp]>([
    ['another scope', ['check', 'proposal', ...keeping], /RW032: .*its scope: .*; here: /],
    ['another design', ['check', 'linux-6.12', '--scope', 'small', ...keeping], /RW032: .*its net/],
    ['other rules', [...small, ...keeping, '--rule', 'no-warning'], /RW032: .*its rules: /],
    ['a file of machines', lamp, /RW032: .*its network: proposal; here: /],
    ['several targets', ['check', 'proposal', 'linux-6.12', ...keeping], /RW029: .*there are 2/],
    ['all designs', ['check', ...keeping], /RW029: /],
  ])('%s', async (_why, args, description) => {
    await recwalk(stopped);
    await refused(args, description);
  });

  test.each<[how: string, spoil: (good: Buffer) => Buffer]>([
    ['empty', () => Buffer.alloc(0)],
    ['cut short', (good) => good.subarray(0, good.length - 1)],
    ['cut in half', (good) => good.subarray(0, good.length / 2)],
    ['with one bit turned', (good) => good.fill(good[2000]! ^ 1, 2000, 2001)],
    ['with its header changed', (good) => good.fill('X', 40, 41)],
    ["none of recwalk's", () => Buffer.from('what somebody wrote\n'.repeat(100))],
  ])('%s', async (_how, spoil) => {
    await recwalk(stopped);
    writeFileSync(file, spoil(readFileSync(file)));
    await refused([...small, ...keeping], /RW031: checkpoint .*kept is damaged/);
  });

  test.each([
    ['ts', 'mts'],
    ['mjs', 'mjs'],
    ['cjs', 'cjs'],
  ])('a value changed in a file that a .%s file loads', async (ending, endingOfValue) => {
    const isRequired = ending === 'cjs';
    const xstate = createRequire(import.meta.url).resolve('xstate');
    const load = (names: string, from: string) =>
      isRequired
        ? `const { ${names} } = require(${JSON.stringify(from)});`
        : `import { ${names} } from ${JSON.stringify(from)};`;
    const network = join(folder, `counter.${ending}`);
    writeFileSync(
      network,
      `${load('assign, setup', xstate)}
${load('LAST', `./last.${endingOfValue}`)}
const machine = setup({
  guards: { more: ({ context }) => context.n < LAST },
  actions: { count: assign({ n: ({ context }) => context.n + 1 }) },
}).createMachine({ context: { n: 0 }, on: { up: { guard: 'more', actions: 'count' } } });
${isRequired ? 'module.exports =' : 'export default'} {
  name: 'counter',
  description: 'counts',
  components: [{ name: 'counter', machine }],
  stimuli: [{ to: 'counter', message: { type: 'up' }, description: 'up' }],
  world: () => undefined,
};
`,
    );
    const last = (n: number) =>
      writeFileSync(
        join(folder, `last.${endingOfValue}`),
        `${isRequired ? 'exports.LAST =' : 'export const LAST ='} ${n};\n`,
      );
    const args = ['check', network, ...keeping];
    last(400);
    await recwalk([...args, '--max-states', '100']);
    last(500);
    await refused(args, /RW032: .*its files loaded: \w+; here: /);
    last(400);
    expect((await recwalk(args)).stderr).toMatch(/^resumed from .*: 100 states/);
  });

  test('a folder, and a path that cannot be written', async () => {
    const at = (path: string) => recwalk([...small, '--checkpoint', path]);
    expect(await at(folder)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/RW030.*EIS/),
    });
    const nowhere = join(folder, 'no/such');
    expect(await at(nowhere)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/RW030.*ENO/),
    });
  });

  async function refused(args: readonly string[], description: RegExp) {
    const before = readFileSync(file);
    const { code, stdout, stderr } = await recwalk(args);
    expect(stderr).toMatch(/^recwalk: RW\d{3}: [^\n]+\n$/);
    expect(stderr).toMatch(description);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(readFileSync(file).equals(before)).toBe(true);
  }
});
