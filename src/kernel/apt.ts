import { dependencies, versionShown } from './depends.js';
import { run } from './program.js';
import { KernelUnavailable } from './unavailable.js';

/** A package by its real name, with the version apt would fetch. */
export interface Package {
  name: string;
  version: string;
}

let refreshed = false;

/** Updates the package lists once per process, as root only: a fresh machine has old lists or none. */
async function refresh(): Promise<boolean> {
  if (refreshed || process.getuid?.() !== 0) return false;
  refreshed = true;
  return (await run('apt-get', ['-q', 'update'])).code === 0;
}

function unknown(name: string): KernelUnavailable {
  return new KernelUnavailable(
    `apt knows no package ${name}: run apt-get update as root, or add the Debian suite that has it`,
  );
}

async function query(...words: string[]): Promise<string> {
  const name = words.at(-1)!;
  const ask = () => run('apt-cache', words);
  let answer = await ask();
  if ((answer.code !== 0 || !answer.stdout.trim()) && (await refresh())) answer = await ask();
  if (answer.code !== 0 || !answer.stdout.trim()) throw unknown(name);
  return answer.stdout;
}

/** The packages that `name` depends on, in apt's order. Throws `KernelUnavailable` if apt does not know `name`. */
export async function dependsOn(name: string): Promise<string[]> {
  return dependencies(await query('depends', name));
}

/** The package with the version that apt would fetch. Throws `KernelUnavailable` if apt does not know `name`. */
export async function candidate(name: string): Promise<Package> {
  const version = versionShown(await query('show', '--no-all-versions', name));
  if (!version) throw unknown(name);
  return { name, version };
}

async function download(names: string[], folder: string): Promise<string> {
  const { code, stderr } = await run('apt-get', ['-q', 'download', ...names], folder);
  return code === 0 ? '' : (/^E: .*$/m.exec(stderr)?.[0] ?? `apt-get ended with ${code}`);
}

/** Downloads the .deb files of the packages into `folder`, without installing them. Throws `KernelUnavailable`. */
export async function fetchDebs(names: string[], folder: string): Promise<void> {
  let failure = await download(names, folder);
  // Older package lists point to files that the mirror has since replaced.
  if (failure && (await refresh())) failure = await download(names, folder);
  if (failure) throw new KernelUnavailable(`apt-get download ${names[0]} failed: ${failure}`);
}
