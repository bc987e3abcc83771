import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeInRoot } from './buildRoot.js';
import { cacheRoot, finished } from './cache.js';
import { compilerArguments } from './compiler.js';
import { cpio } from './cpio.js';
import {
  type GuestKind,
  type GuestSources,
  guestSources,
  makefile,
  partsHeader,
} from './guestSources.js';
import type { KernelFiles } from './packages.js';
import { type Finished, missing, run } from './program.js';
import { KernelUnavailable } from './unavailable.js';

/** A cache key that changes whenever the built guest would differ. */
async function fingerprint(sources: GuestSources, kernel: KernelFiles): Promise<string> {
  const hash = createHash('sha256').update(makefile(sources)).update(partsHeader(sources));
  for (const [name, path] of sources.files) hash.update(`${name}\0`).update(await readFile(path));
  const symvers = statSync(join(kernel.kdir, 'Module.symvers'));
  hash.update(
    `${JSON.stringify(kernel.buildRoot)}\0${kernel.kdir}\0${kernel.version}\0${symvers.size}\0${symvers.mtimeMs}`,
  );
  return hash.digest('hex').slice(0, 16);
}

async function need(program: string): Promise<void> {
  await run(program, ['--version']);
}

/** The line of a build's output that names the error. */
export function buildComplaint(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim());
  const library = /(\S+\.so\.\d+): cannot open shared object/.exec(output)?.[1];
  if (library) return `${library} is missing: apt-get install ${library.replace(/\.so\./, '')}`;
  return (
    lines.find((line) => /error|not found|No such|\*\*\*/i.test(line)) ??
    lines.at(-1) ??
    'no output'
  );
}

/**
 * Builds the modules in `folder` against a kernel, in a build root if its headers need one. Throws `KernelUnavailable`
 * if a tool is missing or the build fails.
 */
export async function buildModules(
  folder: string,
  kernel: KernelFiles,
  progress: (line: string) => void = () => {},
): Promise<void> {
  const { kdir, buildRoot } = kernel;
  const args = ['KCFLAGS=-g0'];
  // Headers of 6.12 contain a vmlinux, so kbuild would require pahole to generate BTF that no program reads.
  args.push('CONFIG_DEBUG_INFO_BTF_MODULES=', 'modules');
  const { code, stdout, stderr } = buildRoot
    ? await makeInRoot(folder, { ...kernel, buildRoot }, args, progress)
    : await makeOnHost(folder, kdir, args);
  if (code === 0) return;
  throw new KernelUnavailable(
    `the guest's module does not build against ${kdir}: ${buildComplaint(`${stderr}\n${stdout}`)}`,
  );
}

async function makeOnHost(
  folder: string,
  kdir: string,
  args: readonly string[],
): Promise<Finished> {
  await need('make');
  const compiler = await compilerArguments(kdir);
  return run('make', ['-C', kdir, `M=${folder}`, ...compiler, ...args]);
}

async function compilePrograms(folder: string, programs: readonly string[]): Promise<void> {
  for (const name of programs) {
    const { code, stderr } = await run('clang', [
      ...['-target', 'bpf', '-O2', '-g', '-D__TARGET_ARCH_x86'],
      ...['-I/usr/include/x86_64-linux-gnu', '-c', join(folder, `${name}.c`)],
      ...['-o', join(folder, `${name}.o`)],
    ]);
    if (code === 0) continue;
    if (/(bpf|linux|asm)\/\S+\.h' file not found/.test(stderr)) throw missing('clang');
    throw new KernelUnavailable(`${name}.c does not build: ${buildComplaint(stderr)}`);
  }
}

async function compileInit(folder: string, { init, programs }: GuestSources): Promise<void> {
  const { code, stderr } = await run('gcc', [
    ...['-static', '-O2', '-s', '-o', join(folder, 'init')],
    ...init.map((part) => join(folder, `${part}.c`)),
    ...(programs.length ? ['-lbpf', '-lelf', '-lz'] : []),
  ]);
  if (code === 0) return;
  if (/-l(bpf|elf|z)\b|bpf\/\w+\.h: No such file/.test(stderr)) throw missing('clang');
  if (/-lc\b|\.h: No such file/.test(stderr)) throw missing('gcc');
  throw new KernelUnavailable(`the guest's init does not build: ${buildComplaint(stderr)}`);
}

async function fill(
  folder: string,
  sources: GuestSources,
  kernel: KernelFiles,
  progress: (line: string) => void,
): Promise<void> {
  const { programs } = sources;
  const modules = ['recwalk', ...sources.modules];
  await need('gcc');
  if (programs.length) await need('clang');
  for (const [name, path] of sources.files) await copyFile(path, join(folder, name));
  await writeFile(join(folder, 'parts.h'), partsHeader(sources));
  await writeFile(join(folder, 'Makefile'), makefile(sources));
  await buildModules(folder, kernel, progress);
  await compilePrograms(folder, programs);
  await compileInit(folder, sources);
  const names = [...modules.map((name) => `${name}.ko`), ...programs.map((name) => `${name}.o`)];
  const files = [{ name: 'init', mode: 0o755, data: await readFile(join(folder, 'init')) }];
  for (const name of names) {
    files.push({ name, mode: 0o644, data: await readFile(join(folder, name)) });
  }
  await writeFile(join(folder, 'initramfs'), cpio(files));
}

/**
 * Builds the modules and the init of a kind of guest against a kernel; returns the path of the initramfs.
 * Throws `KernelUnavailable` if a tool is missing or the build fails.
 */
export async function buildGuest(
  kernel: KernelFiles,
  kind: GuestKind,
  progress: (line: string) => void = () => {},
): Promise<string> {
  const sources = await guestSources(kind);
  const print = await fingerprint(sources, kernel);
  const path = join(cacheRoot(), 'guest', `${kernel.version}-${print}`);
  const folder = await finished(path, (half) => {
    progress(`building the guest for ${kernel.version}`);
    return fill(half, sources, kernel, progress);
  });
  return join(folder, 'initramfs');
}
