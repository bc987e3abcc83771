import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheRoot, finished } from './cache.js';
import { cpio } from './cpio.js';
import type { KernelFiles } from './packages.js';
import { missing, run } from './program.js';
import { KernelUnavailable } from './unavailable.js';

/** src/kernel/guest of the package, seen from the sources as well as from dist. */
function guestSources(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return join(folder, 'src/kernel/guest');
}

/** Changes whenever the guest would come out differently. */
async function fingerprint(sources: string, kernel: KernelFiles): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(sources)).sort()) {
    hash.update(`${name}\0`).update(await readFile(join(sources, name)));
  }
  const symvers = statSync(join(kernel.kdir, 'Module.symvers'));
  hash.update(`${kernel.kdir}\0${kernel.version}\0${symvers.size}\0${symvers.mtimeMs}`);
  return hash.digest('hex').slice(0, 16);
}

/** The compiler a header tree insists on, for instance gcc-12. */
async function compilerOf(kdir: string): Promise<string> {
  const path = join(kdir, '.kernelvariables');
  const text = existsSync(path) ? await readFile(path, 'utf8') : '';
  return /\bgcc-\d+/.exec(text)?.[0] ?? 'gcc';
}

async function need(program: string): Promise<void> {
  await run(program, ['--version']);
}

/** The line of a build's output that says what went wrong. */
export function buildComplaint(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim());
  const library = /(\S+\.so\.\d+): cannot open shared object/.exec(output)?.[1];
  if (library) return `${library} is missing: apt-get install ${library.replace(/\.so\./, '')}`;
  return lines.find((line) => /error|not found|No such/i.test(line)) ?? lines.at(-1) ?? 'no output';
}

async function make(folder: string, kdir: string): Promise<void> {
  const args = ['-C', kdir, `M=${folder}`, 'KCFLAGS=-g0'];
  // Headers of 6.12 carry a vmlinux, and kbuild would then ask for pahole to make BTF nobody reads.
  args.push('CONFIG_DEBUG_INFO_BTF_MODULES=', 'modules');
  const { code, stdout, stderr } = await run('make', args);
  if (code === 0) return;
  throw new KernelUnavailable(
    `the guest's module does not build against ${kdir}: ${buildComplaint(`${stderr}\n${stdout}`)}`,
  );
}

/** The parts of /init; the other C files of the folder are the module's, named in its Makefile. */
const INIT = ['init', 'channel', 'ask', 'warnings', 'enabled', 'sysctl', 'step', 'conversation'];

async function compileInit(folder: string): Promise<void> {
  const parts = INIT.map((part) => join(folder, `${part}.c`));
  const { code, stderr } = await run('gcc', [
    ...['-static', '-O2', '-s', '-o', join(folder, 'init')],
    ...parts,
  ]);
  if (code === 0) return;
  if (/-lc\b|\.h: No such file/.test(stderr)) throw missing('gcc');
  throw new KernelUnavailable(`the guest's init does not build: ${buildComplaint(stderr)}`);
}

async function fill(folder: string, sources: string, kernel: KernelFiles): Promise<void> {
  await need('make');
  await need('gcc');
  await need(await compilerOf(kernel.kdir));
  await cp(sources, folder, { recursive: true });
  await make(folder, kernel.kdir);
  await compileInit(folder);
  const files = [
    { name: 'init', mode: 0o755, data: await readFile(join(folder, 'init')) },
    { name: 'recwalk.ko', mode: 0o644, data: await readFile(join(folder, 'recwalk.ko')) },
  ];
  await writeFile(join(folder, 'initramfs'), cpio(files));
}

/** Builds the guest's module and init against a kernel; answers the path of the initramfs. */
export async function buildGuest(
  kernel: KernelFiles,
  progress: (line: string) => void = () => {},
): Promise<string> {
  const sources = guestSources();
  const print = await fingerprint(sources, kernel);
  const path = join(cacheRoot(), 'guest', `${kernel.version}-${print}`);
  const folder = await finished(path, (half) => {
    progress(`building the guest for ${kernel.version}`);
    return fill(half, sources, kernel);
  });
  return join(folder, 'initramfs');
}
