import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cacheRoot, finished } from '../../src/kernel/cache.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recwalk-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the cache is in the configured folder, else in the cache folder of the user', () => {
  expect(cacheRoot({ RECWALK_CACHE: '/c', XDG_CACHE_HOME: '/x' })).toBe('/c');
  expect(cacheRoot({ XDG_CACHE_HOME: '/x' })).toBe('/x/recwalk');
  expect(cacheRoot({})).toBe(join(homedir(), '.cache/recwalk'));
});

test('a folder is filled once', async () => {
  const fill = (text: string) => (half: string) => writeFile(join(half, 'a'), text);
  const path = join(folder, 'deep', 'kernel');
  await finished(path, fill('first'));
  await finished(path, fill('second'));
  expect(readFileSync(join(path, 'a'), 'utf8')).toBe('first');
});

test('a folder that could not be filled does not exist, and leaves nothing', async () => {
  const path = join(folder, 'kernel');
  const fail = async (half: string) => {
    await writeFile(join(half, 'a'), 'half');
    throw new Error('no network');
  };
  await expect(finished(path, fail)).rejects.toThrow('no network');
  expect(readdirSync(folder)).toEqual([]);
});

test('two processes that fill at once get the same finished folder', async () => {
  const path = join(folder, 'kernel');
  const fill = (half: string) => writeFile(join(half, 'a'), 'x');
  expect(await Promise.all([finished(path, fill), finished(path, fill)])).toEqual([path, path]);
  expect(readdirSync(folder)).toEqual(['kernel']);
});
