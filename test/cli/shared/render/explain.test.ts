import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../../../src/cli/shared/report.js';
import { build, fixture, recwalk } from '../../recwalk.js';

const SLOW = { timeout: 600_000 };
const LAMP = fixture('lamp.ts');
const BROKEN = fixture('broken-lamp.ts');
const small = ['check', '--scope', 'small', '--explain'];

beforeAll(build, 600_000);

describe('a cell', SLOW, () => {
  test('that is broken has its rule, description, source, story and evidence, and no matrix', async () => {
    const { code, stdout } = await recwalk([...small, 'direct-sets-no-ipmodify@exclusive']);
    expect(code).toBe(1);
    const [head, description, source, ...rest] = stdout.slice(stdout.indexOf('BROKEN')).split('\n');
    expect(head).toBe('BROKEN in exclusive: direct-sets-no-ipmodify');
    expect(description).toBe('  A call on a direct ops never sets IPMODIFY on a record.');
    expect(source).toMatch(/^ {2}RFC mail [\d.a-f]+: "/);
    expect(rest).toEqual([
      '  1  add W 1               0',
      '  2  register W records 1  0; 1: (1) RID W.a ran W.a',
      '  model only, because no available kernel implements this design',
      '',
    ]);
    expect(stdout).not.toMatch(/all paths explored|^rule /m);
  });

  test('that calls break in several ways has each class with its transitions, story and evidence', async () => {
    const { stdout } = await recwalk(['check', '--explain', 'consent-is-exact@linux-6.12']);
    const classes = [...stdout.matchAll(/^ {2}class (\d) of 5: (.+) \((\d+) transitions\)$/gm)];
    expect(classes.map(([, number, name]) => [number, name])).toEqual([
      ['1', 'add ipmodify: 0'],
      ['2', 'remove ipmodify: 0'],
      ['3', 'register direct: 0'],
      ['4', 'register ipmodify: -EBUSY, PEER 0'],
      ['5', 'unregister ipmodify: 0, DISABLE 0'],
    ]);
    const stories = stdout.split(/^ {2}class /m).slice(1);
    for (const story of stories) expect(story).toMatch(/^ {2}5 {2}/m);
    for (const story of stories)
      expect(story).toMatch(/^ {2}(seen on Debian|not replayed on a kernel)/m);
  });

  test('that is broken before any call has no story, but a line', async () => {
    const { stdout } = await recwalk([...small, 'exclusive-flags@exclusive']);
    expect(stdout).toContain('\n  Broken before any call.\n  model only, ');
  });

  test('with a goal that is never reached has no story, and names the goal', async () => {
    const { code, stdout } = await recwalk([...small, 'combinations-are-possible@exclusive']);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ {2}never reached: a direct ops and an IPMODIFY ops on one record$/m);
    expect(stdout).not.toMatch(/^ +1 {2}/m);
  });

  test('that holds is one line with the scope: exit 0', async () => {
    const cell = 'exclusive-flags@proposal';
    const named = await recwalk([...small, cell]);
    expect(named).toEqual({
      code: 0,
      stdout: 'holds in proposal: exclusive-flags (all paths explored, scope small)\n',
      stderr: '',
    });
    const scope = 'records=1,ipmodify=1,willing=1';
    const typed = await recwalk(['check', '--scope', scope, '--explain', cell]);
    expect(typed.stdout).toMatch(
      /^holds in proposal: .* \(all paths explored, scope records=1,[^ ]+\)\n$/,
    );
  });

  test('that a limit left unknown has a line about the limit: exit 3', async () => {
    const limit = ['--max-states', '9', '--quiet'];
    const { code, stdout } = await recwalk([...small, 'exclusive-flags@proposal', ...limit]);
    expect({ code, stdout }).toEqual({
      code: 3,
      stdout:
        'unknown in proposal: exclusive-flags (stopped (states) after 9 states, scope small)\n',
    });
  });

  test('is the only rule that is checked', async () => {
    const { stdout } = await recwalk([...small, 'exclusive-flags@proposal', '--json']);
    const { results } = JSON.parse(stdout) as Report;
    expect(results.map(({ design, rules }) => [design, rules])).toEqual([
      ['proposal', [{ id: 'exclusive-flags', verdict: 'holds' }]],
    ]);
  });

  test('can name a file', async () => {
    const { code, stdout } = await recwalk(['check', '--explain', `always-dark@${BROKEN}`]);
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: expect.stringMatching(/^BROKEN in broken-lamp: always-dark\n.*\n.*\n +1 {2}press\n$/),
    });
  });

  test('determines the exit code, and findings do not', async () => {
    expect(await recwalk(['check', '--explain', `goes-on@${LAMP}`])).toMatchObject({ code: 0 });
    const dead = fixture('dead-end-with-rule.ts');
    expect(await recwalk(['check', dead])).toMatchObject({ code: 1 });
    expect(await recwalk(['check', '--explain', `here@${dead}`])).toMatchObject({ code: 0 });
  });
});

describe('cells', SLOW, () => {
  test('of a rule without a design cover every design: a story if it is broken, else a line', async () => {
    const { code, stdout } = await recwalk([...small, 'exclusive-flags']);
    const { stdout: json } = await recwalk([...small, 'exclusive-flags', '--json']);
    const { results } = JSON.parse(json) as Report;
    const emitted = [...stdout.matchAll(/^(BROKEN|holds) in (\S+): exclusive-flags/gm)];
    const expected = results.map(({ design, rules }) => [rules[0]!.verdict, design]);
    expect(emitted.map((m) => [m[1]!.toLowerCase(), m[2]!]).sort()).toEqual(expected.sort());
    expect(new Set(emitted.map((m) => m[1]))).toEqual(new Set(['BROKEN', 'holds']));
    expect(code).toBe(1);
  });

  test('are each printed once, even if named several times', async () => {
    const { stdout } = await recwalk([...small, 'exclusive-flags@proposal', 'exclusive-flags']);
    expect(stdout.match(/in proposal: exclusive-flags/g)).toHaveLength(1);
  });

  test('of a rule without a design cover the given targets', async () => {
    const one = ['check', 'proposal', '--scope', 'small', '--explain', 'exclusive-flags'];
    const { stdout } = await recwalk(one);
    expect(stdout).toBe('holds in proposal: exclusive-flags (all paths explored, scope small)\n');
  });
});
