import type { Archive } from './archive.js';
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
async function refresh({ suite }: Archive): Promise<boolean> {
  // A suite has lists in the cache, fetched today.
  if (suite !== undefined || refreshed || process.getuid?.() !== 0) return false;
  refreshed = true;
  return (await run('apt-get', ['-q', 'update'])).code === 0;
}

const unknown = (name: string, { suite }: Archive): KernelUnavailable =>
  new KernelUnavailable(
    suite === undefined
      ? `apt knows no package ${name}: run apt-get update as root, or add the Debian suite that has it`
      : `there is no package ${name} in ${suite}`,
  );

async function query(archive: Archive, ...words: string[]): Promise<string> {
  const name = words.at(-1)!;
  const query = () => run('apt-cache', [...archive.options, ...words]);
  let answer = await query();
  if ((answer.code !== 0 || !answer.stdout.trim()) && (await refresh(archive)))
    answer = await query();
  if (answer.code !== 0 || !answer.stdout.trim()) throw unknown(name, archive);
  return answer.stdout;
}

/** The packages that `name` depends on, in apt's order. Throws `KernelUnavailable` if apt does not know `name`. */
export async function dependsOn(name: string, archive: Archive): Promise<string[]> {
  return dependencies(await query(archive, 'depends', name));
}

/** The names of all packages that begin with `prefix`. Throws `KernelUnavailable` if there are none. */
export async function packagesNamed(prefix: string, archive: Archive): Promise<string[]> {
  return (await query(archive, 'pkgnames', prefix)).trim().split('\n');
}

/** The package with the version that apt would fetch. Throws `KernelUnavailable` if apt does not know `name`. */
export async function candidate(name: string, archive: Archive): Promise<Package> {
  const version = versionShown(await query(archive, 'show', '--no-all-versions', name));
  if (!version) throw unknown(name, archive);
  return { name, version };
}

async function download(names: string[], folder: string, { options }: Archive): Promise<string> {
  const { code, stderr } = await run('apt-get', [...options, '-q', 'download', ...names], folder);
  return code === 0 ? '' : (/^E: .*$/m.exec(stderr)?.[0] ?? `apt-get ended with ${code}`);
}

/** Downloads the .deb files of the packages into `folder`, without installing them. Throws `KernelUnavailable`. */
export async function fetchDebs(names: string[], folder: string, archive: Archive): Promise<void> {
  let failure = await download(names, folder, archive);
  // Older package lists point to files that the mirror has since replaced.
  if (failure && (await refresh(archive))) failure = await download(names, folder, archive);
  if (failure) throw new KernelUnavailable(`apt-get download ${names[0]} failed: ${failure}`);
}
