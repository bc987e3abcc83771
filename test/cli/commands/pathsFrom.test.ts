import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parsePathsFile } from '../../../src/paths/pathsJson.js';
import { parseStories, writeStory } from '../../../src/paths/storyFormat.js';
import { build, recwalk } from '../recwalk.js';

const SLOW = { timeout: 600_000 };
const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const there = (name: string) => join(folder, name);
const paths = (...args: string[]) => recwalk(['paths', 'linux-6.12', '--scope', 'small', ...args]);
/** A story that breaks no rule and is part of no plan. */
const story = writeStory({
  notes: ['what the test engineer had', 'design linux-6.12', 'scope small'],
  steps: [
    { call: 'add T 2', outcome: ['0', '1: (0) ... - ran -', '2: (0) ... - ran -'] },
    { call: 'add T 1', outcome: ['0', '1: (0) ... - ran -', '2: (0) ... - ran -'] },
  ],
});

beforeAll(() => {
  build();
  writeFileSync(there('mine.story'), story);
}, 600_000);

afterAll(() => rmSync(folder, { recursive: true }));

describe('recwalk paths --from', SLOW, () => {
  test('begins with the given paths, prints their coverage, and adds paths for the rest', async () => {
    const { code, stdout, stderr } = await paths('--from', there('mine.story'), '--to', 'json');
    expect(code).toBe(0);
    const { coverage, paths: all } = parsePathsFile(stdout, 'stdout');
    expect(all[0]!.description).toBe('what the test engineer had');
    expect(all[0]!.steps).toEqual(parseStories(story, 'mine')[0]!.steps);
    expect(coverage.taken).toBe(coverage.of);
    expect(coverage.steps).toBe(all.flatMap(({ steps }) => steps).length);
    expect(stderr).toContain(
      `mine.story: 1 path, 2 steps; transitions taken: 2 of ${coverage.of.toLocaleString('en-US')}\n`,
    );
  });

  test('adds nothing to paths that cover everything', async () => {
    const whole = await paths('--cover', 'states', '--to', 'json', '-o', there('whole.json'));
    expect({ code: whole.code, stdout: whole.stdout }).toEqual({ code: 0, stdout: '' });
    const again = await paths('--cover', 'states', '--from', there('whole.json'), '--to', 'json');
    const text = readFileSync(there('whole.json'), 'utf8');
    const { lowerBound: _, ...coverage } = parsePathsFile(again.stdout, 'stdout').coverage;
    expect(parsePathsFile(text, 'whole').coverage).toMatchObject(coverage);
    expect(parsePathsFile(again.stdout, 'stdout').paths).toEqual(
      parsePathsFile(text, 'whole').paths,
    );
  });

  test('--cover given writes the given paths in another format', async () => {
    const { code, stdout, stderr } = await paths(
      ...['--cover', 'given', '--from', there('mine.story'), '--to', 'json'],
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/given paths taken: 1 of 1\n$/);
    writeFileSync(there('mine.json'), stdout);
    const back = await paths('--cover', 'given', '--from', there('mine.json'), '--to', 'story');
    const [mine] = parseStories(back.stdout, 'stdout');
    const [was] = parseStories(story, 'mine');
    expect(mine!.steps).toEqual(was!.steps);
    expect(mine!.notes.slice(0, 2)).toEqual(was!.notes.slice(0, 2));
  });
});

describe('recwalk paths --cover', SLOW, () => {
  test('random prints its seed, and is never incomplete', async () => {
    const args = ['--cover', 'random', '--paths', '3', '--longest', '5', '--to', 'json'];
    const { code, stdout, stderr } = await paths(...args, '--seed', '42');
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^linux-6\.12: 3 paths, 15 steps; transitions taken: \d+ of 1,423; seed 42\n$/,
    );
    expect(JSON.parse(stdout)).toMatchObject({ cover: 'random', seed: 42 });
    expect((await paths(...args)).stdout).toContain('"seed":1,');
  });

  test('simple prints the number of paths, and writes none if there are too many: exit 3', async () => {
    const few = ['--cover', 'simple', '--longest', '3'];
    const { stderr: progress } = await paths(...few);
    const [, count] = /paths without a loop taken: (\d+) of \1/.exec(progress)!;
    const { code, stdout, stderr } = await paths(...few, '--at-most', '10');
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toBe(
      `linux-6.12: there are ${count} paths without a loop, and --at-most is 10; no paths written\n`,
    );
  });

  test('guards lists the goals that no path covers: some on stderr, all in JSON', async () => {
    const { code, stdout, stderr } = await paths('--cover', 'guards', '--to', 'json');
    expect(code).toBe(0);
    const { never, taken, of } = parsePathsFile(stdout, 'stdout').coverage;
    expect(taken).toBe(of);
    const lines = stderr.match(/^linux-6\.12: never in this scope: .*$/gm)!;
    expect(lines).toHaveLength(9);
    expect(lines[0]).toBe(`linux-6.12: never in this scope: ${never![0]}`);
    expect(lines[8]).toContain(`${never!.length - 8} more`);
    // Nothing is switched off in this scope.
    expect(never).toContain('ftrace: "is off" is true');
  });

  test('rules names each path after its purpose', async () => {
    const { code, stdout } = await paths('--cover', 'rules');
    expect(code).toBe(0);
    const names = parseStories(stdout, 'stdout').map(({ notes }) => notes[0]);
    // The broken rules that check finds in this scope, and every goal.
    expect(names).toContain('breaks ipmodify-joins-after-yes');
    expect(names).toContain('reaches: a direct ops and an IPMODIFY ops on one record');
    for (const name of names) expect(name).toMatch(/^(breaks|reaches:|asks) /);
  });
});

test('-o leaves no file if a limit stopped it', SLOW, async () => {
  const { code } = await paths('--max-states', '50', '-o', there('none.story'));
  expect(code).toBe(3);
  expect(readdirSync(folder).filter((name) => name.startsWith('none'))).toEqual([]);
});
