import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot, finished } from './cache.js';
import type { KernelLine } from './kernelLine.js';
import { run } from './program.js';
import { debianMirror, machineRelease, machineSources, sourceStanza } from './sources.js';
import { KernelUnavailable } from './unavailable.js';

/** The package lists that apt uses. */
export interface Archive {
  /** Its suite, for messages; undefined: those of the machine. */
  readonly suite?: string;
  /** Options for apt that select these lists. */
  readonly options: readonly string[];
}

/** The machine's own lists. */
export const OWN: Archive = { options: [] };

/** The mirror of Debian that the machine uses. Throws `KernelUnavailable` if it has none. */
export async function mirrorFor(suite: string): Promise<{ uri: string; signedBy?: string }> {
  const mirror = debianMirror(await machineSources(), await machineRelease());
  if (mirror) return mirror;
  throw new KernelUnavailable(
    `no mirror of Debian in /etc/apt/sources.list or sources.list.d, to read ${suite} from: use a Debian machine, or give a kernel of your own (--kernel BZIMAGE --kdir BUILD)`,
  );
}

/** Options for an apt whose sources, lists and cache are in `folder`. The lists of the system stay as they are. */
const optionsIn = (folder: string): string[] =>
  [
    'Dir::Etc::sourcelist=/dev/null',
    `Dir::Etc::sourceparts=${join(folder, 'sources')}`,
    `Dir::State::Lists=${join(folder, 'lists')}`,
    `Dir::Cache=${join(folder, 'cache')}`,
    // The user _apt may not enter the cache folder.
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['-o', option]);

async function update(folder: string, suite: string): Promise<void> {
  for (const part of ['sources', 'lists/partial', 'cache/archives/partial'])
    await mkdir(join(folder, part), { recursive: true });
  const source = sourceStanza(await mirrorFor(suite), suite);
  await writeFile(join(folder, 'sources/debian.sources'), source);
  const { code, stderr } = await run('apt-get', [
    ...optionsIn(folder),
    ...['-q', '-o', 'APT::Update::Error-Mode=any', 'update'],
  ]);
  if (code === 0) return;
  const complaint = /^[EW]: .*$/m.exec(stderr)?.[0] ?? `apt-get ended with ${code}`;
  throw new KernelUnavailable(`apt-get update of ${suite} failed: ${complaint}`);
}

/** The package lists of one suite, fetched into the cache once a day. Two processes may fetch them at the same time. */
async function suiteArchive(suite: string): Promise<Archive> {
  const root = join(cacheRoot(), 'apt');
  const today = `${suite}-${new Date().toISOString().slice(0, 10)}`;
  const folder = await finished(join(root, today), async (half) => {
    await update(half, suite);
    for (const name of await readdir(root))
      if (/-\d{4}-\d\d-\d\d$/.test(name) && name.startsWith(`${suite}-2`) && name !== today)
        await rm(join(root, name), { recursive: true, force: true });
  });
  return { suite, options: optionsIn(folder) };
}

/**
 * The archive with the packages of a line: the machine's own lists if it runs that release and the line needs no
 * further suite; otherwise lists in the cache. Throws `KernelUnavailable` if they cannot be fetched.
 */
export async function archiveOf({ release, suite }: KernelLine): Promise<Archive> {
  if (suite === undefined && release === (await machineRelease())) return OWN;
  return suiteArchive(suite ?? release);
}
