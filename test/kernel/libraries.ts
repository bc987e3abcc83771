import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { CpioFile } from '../../src/kernel/cpio.js';
import { run } from '../../src/kernel/program.js';
import { fileOf } from './bareGuest.js';

/** Files of the host as files in the root folder of a guest. */
export const filesAt = (paths: readonly string[]): Promise<CpioFile[]> =>
  Promise.all(paths.map(async (path) => fileOf(basename(path), await readFile(path), 0o755)));

/** The libraries that programs of the host are linked to, and their dynamic loader. */
export async function librariesOf(programs: readonly string[]): Promise<CpioFile[]> {
  const { code, stdout, stderr } = await run('ldd', [...programs]);
  if (code !== 0) throw new Error(`ldd: ${stderr}`);
  const paths = [...stdout.matchAll(/(\/\S+) \(0x/g)].map(([, path]) => path!);
  return filesAt([...new Set(paths)]);
}

/** A shell script that lets such programs run in a bare guest whose root folder holds them and their libraries. */
export const USE_LIBRARIES = `mkdir /lib64
ln -s /ld-linux-x86-64.so.2 /lib64
export LD_LIBRARY_PATH=/ PATH=$PATH:/
`;
