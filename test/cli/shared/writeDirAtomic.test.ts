import {
  mkdirSync,
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
import { assertFree, type Named, writeDirAtomic } from '../../../src/cli/shared/writeDirAtomic.js';

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
});
afterEach(() => rmSync(place, { recursive: true }));

const { signal } = new AbortController();

async function* files(...names: string[]): AsyncGenerator<Named> {
  for (const name of names) yield { name, text: `this is ${name}` };
}

test('creates a folder with all its files, those in subfolders included', async () => {
  const folder = join(place, 'made');
  expect(await writeDirAtomic(files('a.txt', 'in/b.txt'), folder, signal)).toBe(true);
  expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['a.txt', 'in', 'in/b.txt']);
  expect(readFileSync(join(folder, 'in/b.txt'), 'utf8')).toBe('this is in/b.txt');
  expect(readdirSync(place)).toEqual(['made']);
});

test('accepts an empty folder, also by a name that ends with a slash', async () => {
  const folder = join(place, 'empty');
  mkdirSync(folder);
  expect(await writeDirAtomic(files('a.txt'), `${folder}/`, signal)).toBe(true);
  expect(readdirSync(folder)).toEqual(['a.txt']);
});

test('RW039 for a folder that is not empty, which does not change', async () => {
  const folder = join(place, 'mine');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.txt'), 'mine');
  await expect(writeDirAtomic(files('a.txt'), folder, signal)).rejects.toThrow(
    /^RW039: -o .*mine exists and is not empty/,
  );
  expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('mine');
  await expect(writeDirAtomic(files('a.txt'), join(folder, 'a.txt'), signal)).rejects.toThrow(
    /^RW039: .* exists and is not a folder/,
  );
});

test('RW039 for a folder that cannot be created', async () => {
  writeFileSync(join(place, 'file'), '');
  symlinkSync('loop', join(place, 'loop'));
  for (const [path, code] of [
    ['file/folder', 'ENOTDIR'],
    ['loop', 'ELOOP'],
  ] as const)
    for (const attempt of [(path: string) => writeDirAtomic(files('a'), path, signal), assertFree])
      await expect(attempt(join(place, path))).rejects.toThrow(
        `RW039: -o ${join(place, path)} cannot be written (${code})`,
      );
});

test('creates parent folders, and removes them if nothing is written', async () => {
  const folder = join(place, 'a/b/c');
  await assertFree(folder);
  expect(await writeDirAtomic(files('a.txt'), folder, AbortSignal.abort())).toBe(false);
  expect(readdirSync(place)).toEqual([]);
  expect(await writeDirAtomic(files('a.txt'), folder, signal)).toBe(true);
  expect(readdirSync(folder)).toEqual(['a.txt']);
});

test('leaves nothing after an interrupt or an error', async () => {
  const controller = new AbortController();
  const interrupted = async function* () {
    yield* files('a.txt');
    controller.abort();
  };
  const folder = join(place, 'half');
  expect(await writeDirAtomic(interrupted(), folder, controller.signal)).toBe(false);
  const failing = async function* (): AsyncGenerator<Named> {
    yield* files('a.txt');
    throw new Error('the maker fails');
  };
  await expect(writeDirAtomic(failing(), folder, signal)).rejects.toThrow('the maker fails');
  expect(readdirSync(place)).toEqual([]);
});
