import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { assertFresh } from '../../../src/cli/shared/replay/target.js';
import { type PathsFile, parsePathsFile } from '../../../src/paths/pathsJson.js';
import { parseStories, parseStory } from '../../../src/paths/storyFormat.js';
import { modelOf } from '../../replay/simulated.js';
import { build, fixture, main, plain, recwalk, root } from '../recwalk.js';

const SLOW = { timeout: 600_000 };
const paths = (...args: string[]) => recwalk(['paths', 'linux-6.12', '--scope', 'small', ...args]);

let stdout = '';
let stderr = '';
let file: PathsFile;
beforeAll(async () => {
  build();
  const ran = await paths('--to', 'json');
  expect(ran.code).toBe(0);
  ({ stdout, stderr } = ran);
  file = parsePathsFile(stdout, 'stdout');
}, 600_000);

describe('recwalk paths --to json', SLOW, () => {
  test('names its target in a form that check reads, too', async () => {
    expect(file).toMatchObject({ tool: 'recwalk', design: 'linux-6.12', cover: 'transitions' });
    const again = await recwalk(['paths', file.design, '--scope', file.scope!, '--to', 'json']);
    expect(again.stdout).toBe(stdout);
  });

  test('covers every transition, and its counts are correct', async () => {
    const model = await modelOf('linux-6.12', 'small');
    const steps = file.paths.map((path) => path.steps);
    expect(() => assertFresh(steps, model, 'stdout')).not.toThrow();
    const taken = new Set<number>();
    for (const path of steps) {
      let state = 0;
      for (const { call } of path) {
        const move = model.moves(state, model.callOf(call)!).find((m) => m.description === call)!;
        taken.add(move.entry);
        state = move.to;
      }
    }
    expect(taken.size).toBe(model.successors.size);
    expect(file.coverage).toEqual({
      taken: taken.size,
      of: taken.size,
      steps: steps.flat().length,
      paths: steps.length,
      lowerBound: expect.any(Number),
    });
    // test/coverage/minCostFlow.test.ts tests that this is the minimum.
    const { lowerBound } = file.coverage;
    expect(lowerBound).toBeGreaterThan(taken.size);
    expect(steps.flat().length / lowerBound!).toBeLessThan(1.05);
    for (const path of steps) expect(path.length).toBeLessThanOrEqual(200);
  });

  test('prints the coverage in one line on stderr', () => {
    const { taken, of, steps, paths, lowerBound } = file.coverage;
    const [of1, taken1, steps1, bound1] = [of, taken, steps, lowerBound!].map((n) =>
      n.toLocaleString('en-US'),
    );
    expect(stderr).toBe(
      `linux-6.12: ${paths} paths, ${steps1} steps; transitions taken: ${taken1} of ${of1}; ${steps1} steps, lower bound ${bound1}, ratio ${(steps / lowerBound!).toFixed(3)}\n`,
    );
  });
});

describe('recwalk paths --to story', SLOW, () => {
  test('writes the same paths as stories that parse back', async () => {
    const { code, stdout } = await paths('--to', 'story');
    expect(code).toBe(0);
    const stories = parseStories(stdout, 'stdout');
    expect(stories.map(({ notes, steps }) => ({ description: notes[0], steps }))).toEqual(
      file.paths,
    );
    const [, ...later] = stdout.split(/^(?=# path )/m).filter((text) => text !== '');
    expect(later).toHaveLength(stories.length - 1);
    expect(parseStory(later[0]!, 'one of them').steps).toEqual(stories[1]!.steps);
    for (const [i, { notes }] of stories.entries())
      expect(notes).toEqual([`path ${i + 1}`, 'design linux-6.12', `scope ${file.scope}`]);
  });
});

describe('recwalk paths of a file', SLOW, () => {
  const lamp = fixture('lamp.ts');
  const steps = ['press', 'press'].map((call) => ({ call, outcome: ['nothing said'] }));

  test('as stories that parse back: a call without emitted messages has an outcome, too', async () => {
    const { code, stdout, stderr } = await recwalk(['paths', lamp]);
    expect(code).toBe(0);
    expect(parseStories(stdout, 'stdout')).toEqual([{ notes: ['path 1', 'design lamp'], steps }]);
    expect(stderr).toBe(
      'lamp: 1 path, 2 steps; transitions taken: 2 of 2; 2 steps, lower bound 2, ratio 1.000\n',
    );
  });

  test('as JSON without a scope, which no kernel can play', async () => {
    const { code, stdout } = await recwalk(['paths', lamp, '--to', 'json']);
    expect(code).toBe(0);
    const file = parsePathsFile(stdout, 'stdout');
    expect(file).toMatchObject({ design: 'lamp', paths: [{ steps }] });
    expect(file.scope).toBeUndefined();
    const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
    try {
      const name = join(folder, 'lamp.json');
      writeFileSync(name, stdout);
      const replayed = await recwalk(['replay', name, '--kernel', 'debian:6.12']);
      expect(replayed).toMatchObject({ code: 2, stdout: '' });
      expect(replayed.stderr).toMatch(/RW011: no design is called "lamp"/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('recwalk paths within a limit', SLOW, () => {
  test('--longest leaves out goals that are too far away, and reports this: exit 3', async () => {
    const { code, stdout, stderr } = await paths('--to', 'json', '--longest', '3');
    expect(code).toBe(3);
    const { coverage, paths: short } = parsePathsFile(stdout, 'stdout');
    expect(coverage.taken).toBeLessThan(coverage.of);
    for (const { steps } of short) expect(steps.length).toBeLessThanOrEqual(3);
    expect(stderr).toContain('further than 3 steps from the start, take a greater --longest');
  });

  test('--max-states writes no paths, since their coverage would be unknown: exit 3', async () => {
    const { code, stdout, stderr } = await paths('--max-states', '50');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toBe('linux-6.12: stopped (states) after 50 states; no paths written\n');
  });
});

const MANY = fixture('many-switches.ts');

describe('recwalk paths for 368,640,000 pairs', SLOW, () => {
  const pairs = ['paths', MANY, '--cover', 'pairs', '--memory', '512M'];

  test('--at-most counts the pairs first and writes that many paths as they are computed: exit 3', async () => {
    const { code, stdout, stderr } = await recwalk([...pairs, '--at-most', '50']);
    expect(code).toBe(3);
    expect(parseStories(stdout, 'stdout')).toHaveLength(50);
    expect(stderr).toMatch(
      /^switches: 368,640,000 pairs of transitions do not fit into --memory for a plan of the fewest steps; covering them greedily\nswitches: 50 paths, 10,000 steps; pairs of transitions taken: [\d,]+ of 368,640,000; stopped \(--at-most 50\)\n$/m,
    );
  });

  test('reacts to Ctrl-C and respects --memory: exit 3, with complete stories', async () => {
    const child = spawn(process.execPath, [main, ...pairs], {
      cwd: root,
      env: plain,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let progress = '';
    let stories = '';
    child.stderr!.on('data', (piece) => {
      progress += piece;
    });
    child.stdout!.on('data', (piece) => {
      stories += piece;
    });
    const ended = once(child, 'close');
    while (stories.length < 5_000_000 && child.exitCode === null) await sleep(5);
    const [, peak] = /^VmHWM:\s+(\d+) kB$/m.exec(
      readFileSync(`/proc/${child.pid}/status`, 'utf8'),
    )!;
    child.kill('SIGINT');
    const [code] = await ended;
    expect(code).toBe(3);
    expect(progress).toMatch(/taken: [\d,]+ of 368,640,000; stopped \(interrupted\)\n$/);
    expect(Number(peak)).toBeLessThan(512 * 1024);
    const [, written] = /switches: ([\d,]+) paths, /.exec(progress)!;
    expect(parseStories(stories, 'stdout')).toHaveLength(Number(written!.replaceAll(',', '')));
  });

  test('without memory for a plan, prints the number of pairs: exit 3', async () => {
    const little = [...pairs.slice(0, -1), '200M', '--max-states', '4096'];
    const { code, stdout, stderr } = await recwalk(little);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(/switches: stopped \(memory\).*; no paths written\n$/);
  });
});

test('calls that fail are in no path, which is reported', SLOW, async () => {
  const bank = fixture('goes-wrong.ts');
  const check = await recwalk(['check', bank]);
  expect(check.stdout).toContain('all paths explored: 2 states, 4 transitions');
  const { code, stdout, stderr } = await recwalk(['paths', bank, '--to', 'json']);
  expect(code).toBe(0);
  expect(stderr).toBe(
    [
      'bank: in no path, since the call fails: ask (vault has no transition for open in this state), 1 transition',
      'bank: in no path, since the call fails: call (vault has no transition for open in this state), 1 transition',
      'bank: 2 paths, 2 steps; transitions taken: 2 of 2; 2 steps, lower bound 2, ratio 1.000',
      '',
    ].join('\n'),
  );
  expect(parsePathsFile(stdout, 'stdout').coverage.wrong).toEqual(
    ['ask', 'call'].map((call) => ({
      call,
      description: 'vault has no transition for open in this state',
      transitions: 1,
    })),
  );
});

test('Ctrl-C ends it while it writes to a file: complete paths, and exit 3', SLOW, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
  const name = join(folder, 'paths.json');
  const out = openSync(name, 'w');
  try {
    const args = ['paths', 'linux-6.12', '--scope', 'default', '--to', 'json'];
    const child = spawn(process.execPath, [main, ...args], {
      cwd: root,
      env: plain,
      stdio: ['ignore', out, 'pipe'],
    });
    let emitted = '';
    child.stderr!.on('data', (piece) => {
      emitted += piece;
    });
    const ended = once(child, 'close');
    // The head of the file comes first, so this is in the middle of its paths.
    while (statSync(name).size < 10_000 && child.exitCode === null) await sleep(5);
    child.kill('SIGINT');
    const [code] = await ended;
    expect(emitted).toMatch(/; stopped \(interrupted\)\n$/);
    expect(code).toBe(3);
    const { coverage, paths } = parsePathsFile(readFileSync(name, 'utf8'), name);
    expect(paths).toHaveLength(coverage.paths);
    expect(coverage.taken).toBeLessThan(coverage.of);
  } finally {
    closeSync(out);
    rmSync(folder, { recursive: true });
  }
});

test('--quiet prints nothing on stderr', SLOW, async () => {
  const { code, stderr, stdout: quiet } = await paths('--to', 'json', '--quiet');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(quiet).toBe(stdout);
});
