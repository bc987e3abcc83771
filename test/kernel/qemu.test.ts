import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startQemu } from '../../src/kernel/qemu.js';

const before = { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'recwalk-qemu-'));
  process.env.PATH = folder;
  process.env.TMPDIR = folder;
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  process.env.PATH = before.PATH;
  if (before.TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before.TMPDIR;
});

function program(name: string, lines: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${lines}\n`);
  chmodSync(join(folder, name), 0o755);
}

const kernel = { image: '/image', kdir: '/kdir', version: '1' };

/** The number of pipes and sockets that keep this process alive. */
const pipes = () => process.getActiveResourcesInfo().filter((what) => what === 'PipeWrap').length;

test('reports a QEMU that ends at once with its own message, and leaves nothing', async () => {
  const open = pipes();
  program('qemu-img', 'exit 0');
  program('setpriv', 'echo no such machine >&2; exit 3');
  await expect(startQemu(kernel, '/initramfs')).rejects.toThrow(
    'QEMU ended at once (3): no such machine',
  );
  expect(readdirSync(folder).sort()).toEqual(['qemu-img', 'setpriv']);
  await expect.poll(pipes).toBe(open);
});

test('reports a disk that cannot be created before it starts QEMU', async () => {
  program('qemu-img', 'echo no space left >&2; exit 1');
  await expect(startQemu(kernel, '/initramfs')).rejects.toThrow('no space left');
  expect(readdirSync(folder)).toEqual(['qemu-img']);
});
