import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { kernelFixes } from '../../../machines/clients/kernelFixes.js';
import { designs, rules } from '../../../src/cli/shared/registry.js';
import { build, plain, recwalk, root } from '../recwalk.js';

const SLOW = { timeout: 600_000 };
const files = (folder: string) =>
  readdirSync(join(root, 'machines', folder))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length));

beforeAll(build, 600_000);

describe('recwalk list', SLOW, () => {
  test.each([
    ['machines', [...files('owners'), 'record', 'ops', 'ftrace', 'list', 'slot', 'caller']],
    ['scopes', ['default', 'tracers', 'wide', 'edits', 'misuse', 'small']],
    ['client-scopes', ['default', 'override', 'sample', 'both']],
  ])('%s: one line per entry, beginning with its name', async (what, names) => {
    const { code, stdout, stderr } = await recwalk(['list', what]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(expect.arrayContaining(names));
    for (const line of lines) expect(line).toMatch(/^\S+ {2,}\S/);
  });

  test.each([
    ['designs', files('designs')],
    ['rules', files('rules')],
    ['clients', Object.keys(kernelFixes).map((name) => `clients@${name}`)],
    ['client-rules', files('clients/rules')],
  ])('%s: one block per entry, at most 100 columns wide', async (what, names) => {
    const { code, stdout, stderr } = await recwalk(['list', what]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const blocks = stdout.trimEnd().split('\n\n');
    expect(blocks.map((block) => /^\S+/.exec(block)![0]).sort()).toEqual([...names].sort());
    for (const block of blocks) {
      const [, description, ...rest] = block.split('\n');
      expect(description).toMatch(/^ {2}\S/);
      expect(rest.filter((line) => line.startsWith('  source   '))).toHaveLength(1);
      for (const line of block.split('\n')) expect(line.length, line).toBeLessThanOrEqual(100);
    }
  });

  test('kernels list their requirements, and whether they are in the cache', async () => {
    const names = ['debian:6.1', 'debian:6.12', 'debian:7.2', 'debian:7.3'];
    const { code, stdout } = await recwalk(['list', 'kernels']);
    expect(code).toBe(0);
    const blocks = stdout.trimEnd().split('\n\n');
    expect(blocks.map((block) => block.split('\n')[0])).toEqual(names);
    for (const block of blocks)
      expect(block.split('\n').slice(1)).toEqual([
        expect.stringMatching(/^ {2}linux-\S+ of Debian 1\d\b/),
        expect.stringMatching(/^ {2}needs +gcc-1\d/),
        expect.stringMatching(/^ {2}here +(not yet fetched|\d\S+)$/),
      ]);
    const listed = JSON.parse((await recwalk(['list', 'kernels', '--json'])).stdout).kernels;
    expect(listed.map(({ name }: { name: string }) => name)).toEqual(names);
    for (const { here } of listed) expect(here ?? '7.3.4').toMatch(/^\d/);
  });

  test('colors change no line break', async () => {
    const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
    for (const what of ['designs', 'rules']) {
      const [bare, painted] = await Promise.all([
        recwalk(['list', what]),
        recwalk(['list', what], { ...plain, FORCE_COLOR: '1' }),
      ]);
      expect(painted.stdout).not.toBe(bare.stdout);
      expect(painted.stdout.replace(escapes, '')).toBe(bare.stdout);
    }
  });
});

describe('recwalk list, the content of lists', SLOW, () => {
  test('designs list their kernel and, by scope, the rules that they are known to break', async () => {
    const { stdout } = await recwalk(['list', 'designs']);
    const blocks = stdout.replaceAll(/\n {3,}/g, ' ');
    for (const { name, kernel, breaks } of await designs()) {
      const block = blocks.split('\n\n').find((text) => text.startsWith(`${name}\n`))!;
      expect(block).toContain(`\n  kernel   ${kernel ?? 'none'}\n`);
      expect(block).toContain(`\n  breaks   ${breaks.join(', ')}`);
    }
  });

  test('rules list their kind', async () => {
    const { stdout } = await recwalk(['list', 'rules']);
    expect(stdout).toMatch(/^ftrace-lives {2}\(of a state\)$/m);
    expect(stdout).toMatch(/^no-warning {2}\(of a call\)$/m);
    expect(stdout).toMatch(/^serializable {2}\(of overlapping calls\)$/m);
    expect(stdout).toMatch(/^combinations-are-possible {2}\(reachable\)$/m);
    expect(stdout).toMatch(/^all-can-be-undone {2}\(recoverable\)$/m);
    const heads = stdout.match(/^\S.*$/gm)!;
    for (const head of heads)
      expect(head).toMatch(/ \((of (a state|a call|overlapping calls)|reachable|recoverable)\)$/);
  });

  test('without a name, prints every list under a heading', async () => {
    const { stdout } = await recwalk(['list']);
    expect(stdout.match(/^[\w-]+$/gm)).toEqual([
      ...['designs', 'rules', 'machines', 'scopes', 'kernels'],
      ...['clients', 'client-scopes', 'client-rules'],
    ]);
  });

  test('--json has the same content for rules', async () => {
    const { stdout } = await recwalk(['list', 'rules', '--json']);
    const listed = JSON.parse(stdout).rules;
    const there = await rules();
    expect(listed).toHaveLength(there.length);
    for (const { id, description, source, possible, unobservable } of there)
      expect(listed.find((rule: { name: string }) => rule.name === id)).toEqual({
        name: id,
        description,
        source,
        kind: expect.stringMatching(
          /^(of a state|of a call|of overlapping calls|reachable|recoverable)$/,
        ),
        ...(possible === undefined ? {} : { goals: possible.map((goal) => goal.description) }),
        ...(unobservable === undefined ? {} : { unobservable }),
      });
  });

  test('--json has the same content for designs', async () => {
    const { stdout } = await recwalk(['list', 'designs', '--json']);
    expect(JSON.parse(stdout).designs).toEqual(
      (await designs()).map(({ name, description, source, kernel = null, breaks }) => ({
        name,
        description,
        source,
        kernel,
        breaks,
      })),
    );
  });

  test('prints scopes in the form that --scope reads', async () => {
    const { stdout } = await recwalk(['list', 'scopes', '--json']);
    const { scopes } = JSON.parse(stdout) as { scopes: { name: string; description: string }[] };
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
      recwalk(check(small.description)),
    ]);
    // The command that lists unexercised elements has the scope as typed.
    const asNamed = {
      ...written,
      stdout: written.stdout.replace(`--scope ${small.description}`, '--scope small'),
    };
    expect(asNamed).toEqual(named);
    expect(written.code).toBe(0);
  });
});
