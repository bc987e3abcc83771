import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { buildComplaint } from '../../src/kernel/build.js';
import { findKernel } from '../../src/kernel/find.js';
import { bootGuest } from '../../src/kernel/guest.js';
import { missing } from '../../src/kernel/program.js';
import { KernelUnavailable } from '../../src/kernel/unavailable.js';

const before = { PATH: process.env.PATH, RECWALK_CACHE: process.env.RECWALK_CACHE };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recwalk-bare-'));
  process.env.PATH = folder;
  process.env.RECWALK_CACHE = folder;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  process.env.PATH = before.PATH;
  if (before.RECWALK_CACHE === undefined) delete process.env.RECWALK_CACHE;
  else process.env.RECWALK_CACHE = before.RECWALK_CACHE;
});

test('without QEMU, names the packages to install before it fetches anything', async () => {
  const boot = bootGuest('debian:6.12');
  await expect(boot).rejects.toBeInstanceOf(KernelUnavailable);
  await expect(boot).rejects.toThrow(
    'QEMU is not installed: apt-get install qemu-system-x86 qemu-utils',
  );
});

test('without apt, names the alternative', async () => {
  const found = findKernel('debian:6.1');
  await expect(found).rejects.toBeInstanceOf(KernelUnavailable);
  await expect(found).rejects.toThrow('--kernel BZIMAGE --kdir BUILD');
});

test('a kernel of your own needs an image and a build folder', async () => {
  const image = join(folder, 'bzImage');
  await expect(findKernel({ image, kdir: folder })).rejects.toThrow(`no kernel image at ${image}`);
  const found = findKernel({ image: folder, kdir: folder });
  await expect(found).rejects.toThrow('no Module.symvers');
});

test.each(['apt-get', 'gcc', 'gcc-12', 'make', 'clang', 'setpriv', 'qemu-img'])(
  'the error about %s is one line with a fix',
  (program) => {
    const { message } = missing(program);
    expect(message).not.toContain('\n');
    expect(message).toMatch(/apt-get install \S|--kdir/);
  },
);

test('reports a failed build with its first error', () => {
  expect(buildComplaint('make: Entering\na.c:3: error: no member\nmake: *** Error 1')).toBe(
    'a.c:3: error: no member',
  );
  expect(buildComplaint('objtool: libelf.so.1: cannot open shared object file')).toBe(
    'libelf.so.1 is missing: apt-get install libelf1',
  );
  expect(buildComplaint('')).toBe('no output');
});
