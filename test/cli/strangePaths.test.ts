import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build, fixture, main, plain, type Ran, recwalk, root } from './recwalk.js';

const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));

/** Each extension selects a kind of file to read; only the last path is readable. */
const ENDS = ['ts', 'json', 'story'];
const strange = (kind: string, end: string) => join(folder, `${kind}.${end}`);

beforeAll(() => {
  build();
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'file'), '');
  for (const end of ENDS) {
    symlinkSync(`ELOOP.${end}`, strange('ELOOP', end));
    mkdirSync(strange('EISDIR', end));
    writeFileSync(strange('EACCES', end), '');
    chmodSync(strange('EACCES', end), 0);
  }
  symlinkSync('ELOOP', join(folder, 'ELOOP'));
  mkdirSync(join(folder, 'EACCES'), { mode: 0 });
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** Root may read every file, so the program runs as the user nobody. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

function recwalkAs(args: readonly string[], uid: number | undefined): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    ...(uid === undefined ? {} : { uid, gid: uid }),
    ...{ cwd: root, env: plain, encoding: 'utf8' },
  });
  return { code: status, stdout, stderr };
}

const LAMP = fixture('lamp.ts');
const KERNEL = ['--kernel', 'debian:6.1'];
const reads: readonly (readonly [option: string, end: string, args: (path: string) => string[]])[] =
  [
    ['check FILE', 'ts', (path) => ['check', path]],
    ['paths FILE', 'ts', (path) => ['paths', path]],
    ['diff FILE', 'ts', (path) => ['diff', LAMP, path]],
    ['export FILE', 'ts', (path) => ['export', path, '--to', 'promela']],
    ['inspect STORY', 'story', (path) => ['inspect', path]],
    [
      'inspect --on',
      'ts',
      (path) => ['inspect', 'test/stories/growth-is-not-asked.story', '--on', path],
    ],
    ['paths --from stories', 'story', (path) => ['paths', LAMP, '--from', path]],
    ['paths --from JSON', 'json', (path) => ['paths', LAMP, '--from', path]],
    ['replay STORY', 'story', (path) => ['replay', path, ...KERNEL]],
    ['replay JSON', 'json', (path) => ['replay', path, ...KERNEL]],
    ['--kernel', 'json', (path) => ['replay', 'proposal', '--kernel', path, '--kdir', '.']],
    [
      '--beside',
      'json',
      (path) => ['replay', 'proposal', ...KERNEL, '--beside', path, '--beside-kdir', '.'],
    ],
  ];

const writes: readonly (readonly [option: string, args: (path: string) => string[]])[] = [
  ['paths -o', (path) => ['paths', LAMP, '-o', path]],
  ['paths -o FOLDER', (path) => ['paths', 'proposal', '--scope', 'small', '--to', 'c', '-o', path]],
  ['export -o', (path) => ['export', 'record', '--to', 'svg', '-o', path]],
  ['explore -o', (path) => ['explore', 'proposal', '-o', path]],
  ['review -o', (path) => ['review', 'proposal', '-o', `${path}/x.md`]],
  ['replay --seen', (path) => ['replay', 'proposal', ...KERNEL, '--seen', `${path}/x.json`]],
  ['--checkpoint', (path) => ['check', LAMP, '--checkpoint', path]],
  ['--kdir', (path) => ['replay', 'proposal', '--kernel', 'README.md', '--kdir', path]],
];

const refused = ({ code, stdout, stderr }: Ran, path: string) => {
  expect(stderr).toMatch(/^recwalk: RW\d{3}: [^\n]+\n$/);
  expect(stderr).not.toMatch(/RW(040|051|059)/);
  expect(stderr).toContain(path);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
};

describe('a path without a readable file: one line, exit 2', {
  timeout: 600_000,
}, () => {
  test.concurrent.each(reads)('%s', async (_option, end, args) => {
    for (const path of [
      strange('ELOOP', end),
      strange('EISDIR', end),
      join(folder, `file/ENOTDIR.${end}`),
      join(folder, `${'n'.repeat(300)}.${end}`),
    ])
      refused(await recwalk(args(path)), path);
  });

  test.each(reads)('%s, which the user may not read', (_option, end, args) => {
    for (const path of [strange('EACCES', end), join(folder, `EACCES/x.${end}`)]) {
      const ran = recwalkAs(args(path), isRoot ? NOBODY : undefined);
      refused(ran, path);
      expect(ran.stderr).toContain('EACCES');
    }
  });
});

describe('a path that cannot be written: one line before any work, exit 2', {
  timeout: 600_000,
}, () => {
  test.concurrent.each(writes)('%s', async (_option, args) => {
    for (const path of [join(folder, 'ELOOP'), join(folder, 'file/ENOTDIR')])
      refused(await recwalk(args(path)), path);
  });

  test.each(writes)('%s, where the user may not write', (_option, args) => {
    const path = join(folder, 'EACCES/x');
    const ran = recwalkAs(args(path), isRoot ? NOBODY : undefined);
    refused(ran, path);
    expect(ran.stderr).toContain('EACCES');
  });
});
