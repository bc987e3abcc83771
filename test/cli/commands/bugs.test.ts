import { beforeAll, describe, expect, test } from 'vitest';
import type { BugReport } from '../../../src/cli/shared/bug/report.js';
import { bugs } from '../../../src/cli/shared/registry.js';
import { build, plain, recwalk } from '../recwalk.js';

const SLOW = { timeout: 600_000 };
const known = await bugs();

beforeAll(build, 600_000);

describe('recwalk bugs', SLOW, () => {
  test('prints a line for each bug: its fix, rule and story, and last the time', async () => {
    const { code, stdout, stderr } = await recwalk(['bugs']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [head, ...lines] = stdout.trimEnd().split('\n');
    expect(head!.split(/ {2,}/)).toEqual([
      ...['bug', 'fixed by', 'Linux', 'rule', 'story', 'after the fix', 'found in'],
    ]);
    const rows = lines.slice(0, known.length).map((line) => line.split(/ {2,}/));
    expect(rows.map(([name, fixedBy, release]) => [name, fixedBy, release])).toEqual(
      known.map(({ name, fixedBy, release }) => [name, fixedBy, release]),
    );
    for (const [, , , , story, after, time] of rows) {
      expect(story).toMatch(/^(\d calls|no path)$/);
      expect(after).toMatch(/^holds, \d+ states$/);
      expect(time).toMatch(/^\d+ ms$/);
    }
  });

  test('NAME prints the report, the story, its consequence, and the result after the fix', async () => {
    const { code, stdout, stderr } = await recwalk(['bugs', 'retry-is-busy']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const parts = [
      'retry-is-busy\n  A register that fails',
      '  reported With a livepatch on the function',
      '  source   mails c5058315a39d4615b333e485893345be',
      '  fixed    by 56b3c85e153b, Linux 6.18',
      'X Y are IPMODIFY ops',
      'BROKEN in linux-6.12 before the fix: try-again-can-succeed',
      '  4  register B records 1  -EAGAIN; B SELF -EAGAIN\n  consequence:\n',
      '  5  register B records 1  -EBUSY',
      'holds in linux-6.12: all paths explored, 22 states\n  scope records=1,ipmodify=1,bpf=1',
    ];
    const places = parts.map((part) => stdout.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('prints how an attempt ends for a bug that makes a state unreachable', async () => {
    const { code, stdout } = await recwalk(['bugs', 'kprobe-or-livepatch']);
    expect(code).toBe(0);
    expect(stdout).toContain('  never reached: kprobe P on a livepatched function\n');
    expect(stdout).toMatch(/ {2}for example:\n(.+\n){1} {2}2 {2}register kprobe P {2}-EBUSY\n/);
  });

  test('--json has the same content, and both sides in the form of check --json', async () => {
    const { code, stdout, stderr } = await recwalk(['bugs', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report: BugReport = JSON.parse(stdout);
    expect(report.tool).toBe('recwalk');
    expect(report.bugs.map(({ name }) => name)).toEqual(known.map(({ name }) => name));
    for (const { found, gone, rule, before, after } of report.bugs) {
      expect({ found, gone }).toEqual({ found: true, gone: true });
      expect(before.rules.map(({ id, verdict }) => [id, verdict])).toEqual([[rule, 'broken']]);
      expect(after.rules.map(({ id, verdict }) => [id, verdict])).toEqual([[rule, 'holds']]);
      expect([before.complete, after.complete]).toEqual([true, true]);
    }
    const [busy] = report.bugs.filter(({ name }) => name === 'retry-is-busy');
    expect(busy!.before.rules[0]!.counterexample!.steps.at(-1)).toMatchObject({ errno: -11 });
    expect(busy!.afterwards!.map(({ call, outcome }) => [call, outcome[0]])).toEqual([
      ['register B records 1', '-EBUSY'],
    ]);
  });

  test('--json NAME contains only that bug', async () => {
    const { stdout } = await recwalk(['bugs', 'entry-stays', '--json']);
    const report: BugReport = JSON.parse(stdout);
    expect(report.bugs.map(({ name }) => name)).toEqual(['entry-stays']);
    expect(report.bugs[0]).not.toHaveProperty('afterwards');
  });

  test('colors change no line', async () => {
    const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
    const one = ['bugs', 'wrong-ops-disarmed'];
    const runs = [recwalk(one), recwalk(one, { ...plain, FORCE_COLOR: '1' })];
    const [bare, painted] = (await Promise.all(runs)).map(({ stdout }) =>
      stdout.replaceAll(/\d+ ms/g, 'ms'),
    );
    expect(painted).not.toBe(bare);
    expect(painted!.replaceAll(escapes, '')).toBe(bare);
  });

  test('an unknown name is bad input', async () => {
    const { code, stdout, stderr } = await recwalk(['bugs', 'nosuch']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      /^recwalk: RW023: no bug is called "nosuch"; .*the names are .*entry-stays.*\n$/,
    );
  });
});

describe('a bug', SLOW, () => {
  test('counts only if it is found before its fix and not after it', async () => {
    const { isFound, isGone, find } = await import('../../../src/cli/shared/bug/reproduceBug.js');
    const bug = known.find(({ name }) => name === 'entry-stays')!;
    const judged = async (one: typeof bug) => {
      const found = await find(one);
      return { found: isFound(found), gone: isGone(found) };
    };
    expect(await judged({ ...bug, before: bug.after })).toEqual({ found: false, gone: true });
    expect(await judged({ ...bug, after: bug.before })).toEqual({ found: true, gone: false });
  });
});
