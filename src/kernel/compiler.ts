import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './program.js';
import { KernelUnavailable } from './unavailable.js';

/** The compiler of a kernel, as its build folder names it. */
export interface Compiler {
  readonly kind: 'gcc' | 'clang';
  /** Its major version. */
  readonly major: number;
}

/** Reads CONFIG_CC_VERSION_TEXT of a configuration; undefined if there is none, or for an unknown compiler. */
export function compilerIn(config: string): Compiler | undefined {
  const text = /^CONFIG_CC_VERSION_TEXT="(.*)"$/m.exec(config)?.[1] ?? '';
  const clang = /clang version (\d+)/.exec(text);
  if (clang) return { kind: 'clang', major: Number(clang[1]) };
  const gcc = /\bgcc\b.* (\d+)\.\d+\.\d+/.exec(text);
  return gcc ? { kind: 'gcc', major: Number(gcc[1]) } : undefined;
}

async function textOf(kdir: string, ...names: string[]): Promise<string> {
  const path = names.map((name) => join(kdir, name)).find((name) => existsSync(name));
  return path === undefined ? '' : readFile(path, 'utf8');
}

/** The major version of a compiler of the host; undefined if it is not installed. */
async function hostMajor(program: string): Promise<number | undefined> {
  const { code, stdout } = await run(program, ['-dumpversion']).catch(() => ({
    code: 1,
    stdout: '',
  }));
  return code === 0 ? Number.parseInt(stdout, 10) : undefined;
}

/**
 * Arguments for make that select the compiler of a build folder. Debian's header trees select it themselves.
 * Throws `KernelUnavailable` with one line that names the compiler if the host lacks it.
 */
export async function compilerArguments(kdir: string): Promise<readonly string[]> {
  // Debian's header trees name it in a file for make.
  const named = /\bgcc-\d+/.exec(await textOf(kdir, '.kernelvariables'))?.[0];
  await run(named ?? 'gcc', ['--version']);
  if (named) return [];
  const wanted = compilerIn(await textOf(kdir, 'include/config/auto.conf', '.config'));
  if (!wanted) return [];
  const { kind, major } = wanted;
  const forMake = kind === 'clang' ? ['LLVM=1'] : [];
  if ((await hostMajor(kind)) === major) return forMake;
  if ((await hostMajor(`${kind}-${major}`)) === major)
    return kind === 'clang' ? [`LLVM=-${major}`] : [`CC=gcc-${major}`];
  throw new KernelUnavailable(
    `${kdir} was built by ${kind} ${major}, which its modules need too: apt-get install ${kind}-${major}, or build the kernel with a compiler of this machine`,
  );
}
