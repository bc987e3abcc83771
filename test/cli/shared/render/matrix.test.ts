import { beforeAll, describe, expect, test } from 'vitest';
import type { Report, ReportedRule } from '../../../../src/cli/shared/report.js';
import { build, fixture, type Ran, recwalk } from '../../recwalk.js';

const SLOW = { timeout: 600_000 };
const LAMP = fixture('lamp.ts');
const BROKEN = fixture('broken-lamp.ts');
const small = ['check', '--scope', 'small'];

beforeAll(build, 600_000);

/** The signs of a matrix by rule and name, each read from the column of its name. */
function signsOf(stdout: string, names: readonly string[]): Map<string, string[]> {
  const lines = stdout.split('\n\n')[0]!.split('\n');
  const columns = names.map((name, i) => {
    expect(lines[i]!.endsWith(name)).toBe(true);
    return lines[i]!.length - name.length;
  });
  return new Map(
    lines.slice(names.length).map((line) => {
      const signs = columns.map((column) => line[column]!);
      const id = line.split(' ')[0]!;
      // The output contains nothing else.
      expect(line.replace(id, '').replaceAll(' ', '')).toBe(signs.join(''));
      return [id, signs];
    }),
  );
}

const signOf = ({ verdict, evidence = [] }: ReportedRule): string => {
  if (verdict !== 'broken') return { holds: '.', unknown: '?', 'out of scope': '-' }[verdict];
  return evidence.some(({ seen }) => seen) ? '!' : 'x';
};

describe('all designs', SLOW, () => {
  let all: Ran;
  let results: Report['results'];
  beforeAll(async () => {
    const [text, json] = await Promise.all([recwalk(small), recwalk([...small, '--json'])]);
    all = text;
    results = (JSON.parse(json.stdout) as Report).results;
  }, 600_000);

  test('have the sign of each cell under the name', () => {
    expect(all).toMatchObject({ code: 1, stderr: '' });
    const signs = signsOf(
      all.stdout,
      results.map(({ design }) => design),
    );
    const expected = results[0]!.rules.map(
      ({ id }, i) => [id, results.map(({ rules }) => signOf(rules[i]!))] as const,
    );
    expect(signs).toEqual(new Map(expected));
    // A matrix without differences would prove nothing.
    expect(new Set([...signs.values()].flat()).size).toBeGreaterThan(1);
  });

  test('fit 120 columns, and the signs are explained', () => {
    for (const line of all.stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(120);
    for (const sign of ['.', '!', 'x'])
      expect(all.stdout.split('\n').some((line) => line.startsWith(`${sign}  `))).toBe(true);
  });

  test('have one line of coverage each, and their scope is written out once', () => {
    const lines = all.stdout.split('\n');
    for (const { design, states, transitions, depth } of results) {
      const [mine, ...others] = lines.filter((line) => line.startsWith(`${design} `));
      expect(others).toEqual([]);
      const numbers = [states, transitions].map((n) => n.toLocaleString('en-US'));
      expect(mine).toMatch(
        new RegExp(
          `all paths explored +${numbers[0]} states +${numbers[1]} transitions +depth ${depth} +scope small$`,
        ),
      );
    }
    expect(lines.filter((line) => line.startsWith('small: scope records=2,'))).toHaveLength(1);
  });

  test('print no story, but a command that prints one, and it works', async () => {
    expect(all.stdout).not.toContain('BROKEN');
    const [, cell] = /recwalk check --explain RULE@DESIGN --scope small, for example (\S+)$/m.exec(
      all.stdout,
    )!;
    const [id, design] = cell!.split('@');
    const { code, stdout } = await recwalk([...small, '--explain', cell!]);
    expect(code).toBe(1);
    expect(stdout).toContain(`BROKEN in ${design}: ${id}\n`);
  });

  test('--explain adds every story, and removes nothing', async () => {
    const { code, stdout } = await recwalk([...small, '--explain']);
    expect(code).toBe(1);
    expect(stdout.startsWith(all.stdout)).toBe(true);
    const printed = [...stdout.matchAll(/^BROKEN in (\S+): (\S+)$/gm)].map(
      (m) => `${m[2]}@${m[1]}`,
    );
    const broken = results.flatMap(({ design, rules }) =>
      rules.filter(({ verdict }) => verdict === 'broken').map(({ id }) => `${id}@${design}`),
    );
    expect(printed).toEqual(broken);
  });

  test('that a limit stopped are unknown, and have no other output', async () => {
    const rule = ['--rule', 'exclusive-flags', 'count-is-exact', '--max-states', '9', '--quiet'];
    const { code, stdout } = await recwalk(['check', ...Array(4).fill('proposal'), ...rule]);
    expect(code).toBe(3);
    const signs = signsOf(stdout, Array(4).fill('proposal'));
    expect([...signs.values()].flat()).toEqual(Array(8).fill('?'));
    expect(stdout).toMatch(/^\? {2}unknown/m);
    expect(stdout.match(/^proposal +stopped \(states\) +9 states/gm)).toHaveLength(4);
    expect(stdout).not.toContain('--explain');
  });
});

describe('named targets', SLOW, () => {
  test('have words for up to three targets, then signs', async () => {
    const three = await recwalk(['check', LAMP, LAMP, LAMP]);
    expect(three.stdout).toMatch(/^goes-on +holds +holds +holds +\S/m);
    const four = await recwalk(['check', LAMP, LAMP, LAMP, LAMP]);
    expect(four.stdout).toMatch(/^goes-on +\. {2}\. {2}\. {2}\.$/m);
    expect([three.code, four.code]).toEqual([0, 0]);
  });

  test('have a sign for a rule of another target, and a cell is named as the target was typed', async () => {
    const { code, stdout } = await recwalk(['check', LAMP, LAMP, LAMP, BROKEN]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^goes-on +\. {2}\. {2}\. {2}-$/m);
    expect(stdout).toMatch(/^always-dark +- {2}- {2}- {2}x$/m);
    expect(stdout).toMatch(/^- {2}\S/m);
    expect(stdout).toContain(`for example always-dark@${BROKEN}\n`);
  });

  test('show findings with their stories', async () => {
    const { code, stdout } = await recwalk(['check', LAMP, LAMP, LAMP, fixture('dead-end.ts')]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^deadlock in alone: .*\n +1 {2}go$/m);
  });
});
