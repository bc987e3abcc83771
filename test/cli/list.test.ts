import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { build, recwalk, root } from './recwalk.js';

const SLOW = { timeout: 120_000 };
const files = (folder: string) =>
  readdirSync(join(root, 'machines', folder))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length));

beforeAll(build, 240_000);

describe('recwalk list', SLOW, () => {
  test.each([
    ['designs', files('designs')],
    ['rules', files('rules')],
    ['machines', [...files('owners'), 'record', 'ops', 'ftrace', 'list', 'slot', 'caller']],
    ['scopes', ['default', 'edits', 'replay', 'small']],
    ['kernels', ['debian:6.1', 'debian:6.12']],
  ])('%s: a line each, the name first', async (what, names) => {
    const { code, stdout, stderr } = await recwalk(['list', what]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual([...names].sort());
    for (const line of lines) expect(line).toMatch(/^\S+ {2,}\S/);
  });

  test('all of it, under headings', async () => {
    const { stdout } = await recwalk(['list']);
    expect(stdout.match(/^\w+$/gm)).toEqual(['designs', 'rules', 'machines', 'scopes', 'kernels']);
  });

  test('--json says the same', async () => {
    const { stdout } = await recwalk(['list', 'rules', '--json']);
    const { rules } = JSON.parse(stdout) as { rules: { name: string; says: string }[] };
    expect(rules.map(({ name }) => name).sort()).toEqual(files('rules').sort());
    for (const { says } of rules) expect(says).not.toBe('');
  });

  test('scopes are written so that --scope takes them', async () => {
    const { stdout } = await recwalk(['list', 'scopes', '--json']);
    const { scopes } = JSON.parse(stdout) as { scopes: { name: string; says: string }[] };
    const small = scopes.find(({ name }) => name === 'small')!;
    const check = (scope: string) => [
      'check',
      'exclusive',
      '--rule',
      'no-warning',
      '--scope',
      scope,
    ];
    const [named, written] = await Promise.all([
      recwalk(check('small')),
      recwalk(check(small.says)),
    ]);
    expect(written).toEqual(named);
    expect(written.code).toBe(0);
  });
});
