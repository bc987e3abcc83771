import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assertWritable, writeFileAtomic } from '../../../src/cli/shared/writeFileAtomic.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
  file = join(folder, 'chart');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Never aborted. */
const on = new AbortController().signal;
const LONG = 'x'.repeat(100_000);

test('writes all pieces, in their order', async () => {
  await writeFileAtomic(['one', LONG, 'two'], file, on);
  expect(readFileSync(file, 'utf8')).toBe(`one${LONG}two`);
  expect(readdirSync(folder)).toEqual(['chart']);
});

test('the old file stays until everything is written, and if writing fails', async () => {
  writeFileSync(file, 'old');
  function* pieces() {
    yield LONG;
    yield LONG;
    expect(readFileSync(file, 'utf8')).toBe('old');
    throw new Error('on the way');
  }
  await expect(writeFileAtomic(pieces(), file, on)).rejects.toThrow('on the way');
  expect(readFileSync(file, 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['chart']);
  await writeFileAtomic(['new'], file, on);
  expect(readFileSync(file, 'utf8')).toBe('new');
});

test('an interrupt leaves the old file', async () => {
  writeFileSync(file, 'old');
  const controller = new AbortController();
  function* pieces() {
    yield LONG;
    controller.abort();
    yield LONG;
  }
  expect(await writeFileAtomic(pieces(), file, controller.signal)).toBe(false);
  expect(readFileSync(file, 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['chart']);
});

test('a link stays a link', async () => {
  writeFileSync(file, 'old');
  symlinkSync(file, join(folder, 'link'));
  await writeFileAtomic(['new'], join(folder, 'link'), on);
  expect(readFileSync(file, 'utf8')).toBe('new');
});

test('RW028 for a path where no file can be', async () => {
  await expect(writeFileAtomic(['new'], folder, on)).rejects.toThrow(
    /^RW028: -o .* exists and is not a file/,
  );
  symlinkSync('loop', join(folder, 'loop'));
  writeFileSync(file, 'old');
  for (const [path, code] of [
    ['loop', 'ELOOP'],
    ['chart/in', 'ENOTDIR'],
    ['chart/in/it', 'ENOTDIR'],
    ['n'.repeat(300), 'ENAMETOOLONG'],
  ] as const)
    for (const attempt of [(path: string) => writeFileAtomic(['new'], path, on), assertWritable])
      await expect(attempt(join(folder, path))).rejects.toThrow(
        `RW028: -o ${join(folder, path)} cannot be written (${code}); give the path of a file`,
      );
  await expect(assertWritable('')).rejects.toThrow(/^RW028/);
  expect(readdirSync(folder).sort()).toEqual(['chart', 'loop']);
});

test('creates parent folders, and removes them if nothing is written', async () => {
  const deep = join(folder, 'a/b/chart');
  await assertWritable(deep);
  const aborted = AbortSignal.abort();
  expect(await writeFileAtomic([LONG, LONG], deep, aborted)).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
  expect(await writeFileAtomic(['new'], deep, on)).toBe(true);
  expect(readFileSync(deep, 'utf8')).toBe('new');
});

test('testing a file does not change it', async () => {
  writeFileSync(file, 'old');
  await assertWritable(file);
  expect(readFileSync(file, 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['chart']);
});
