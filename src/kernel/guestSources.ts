import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The steps of a guest: calls of ftrace's own functions, or the actions of an administrator on its real clients. */
export type GuestKind = 'calls' | 'clients';

/** The C sources of a kind of guest. In the build folder all files are side by side. */
export interface GuestSources {
  /** Paths of the files by their names in the build folder. */
  readonly files: ReadonlyMap<string, string>;
  /** C files of /init, of recwalk.ko, and those that are a module each, without their suffix. */
  readonly init: readonly string[];
  readonly module: readonly string[];
  readonly modules: readonly string[];
  /** BPF objects, without their suffix. */
  readonly programs: readonly string[];
  /** Calls or clients with a part in /init, with a part in recwalk.ko, and all, sorted. */
  readonly parts: Readonly<Record<'init' | 'module' | 'all', readonly string[]>>;
}

/** The root of the package, for the sources and for dist. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

const namesIn = async (folder: string): Promise<readonly string[]> =>
  existsSync(folder) ? (await readdir(folder)).sort() : [];

/**
 * Finds the sources of a kind of guest by their folders. `guest/init` and `guest/module` hold what all calls or clients
 * share, headers of both are in `guest`. A call or client is a folder with `init.c` (its part of /init), `module.c`
 * (its part of recwalk.ko), `recwalk_*.c` (modules of its own) and `*.bpf.c`, or some of these.
 */
export async function guestSources(kind: GuestKind): Promise<GuestSources> {
  const root = packageRoot();
  const machines = join(root, 'machines', kind);
  const files = new Map<string, string>();
  const found = { init: [] as string[], module: [] as string[] };
  for (const shared of [join(root, 'src/kernel/guest'), join(machines, 'guest')])
    for (const part of ['', 'init', 'module'] as const)
      for (const name of await namesIn(join(shared, part))) {
        if (!/\.[ch]$/.test(name)) continue;
        files.set(name, join(shared, part, name));
        if (part !== '' && name.endsWith('.c')) found[part].push(stem(name));
      }
  const parts = { init: [] as string[], module: [] as string[], all: [] as string[] };
  const modules: string[] = [];
  const programs: string[] = [];
  for (const part of (await namesIn(machines)).filter((name) => /^[a-zA-Z]+$/.test(name))) {
    const names = (await namesIn(join(machines, part))).filter((name) => name.endsWith('.c'));
    if (part === 'guest' || names.length === 0) continue;
    parts.all.push(part);
    for (const name of names) {
      const own = name === 'init.c' ? 'init' : name === 'module.c' ? 'module' : undefined;
      files.set(own === undefined ? name : `${part}_${name}`, join(machines, part, name));
      if (own !== undefined) {
        parts[own].push(part);
        found[own].push(`${part}_${own}`);
      } else (name.endsWith('.bpf.c') ? programs : modules).push(stem(name));
    }
  }
  return { files, ...found, modules, programs, parts };
}

const stem = (name: string): string => name.replace(/\.c$/, '');

/** The header with which the shared C code finds the parts: a macro that lists them, for each kind of part. */
export const partsHeader = ({ parts }: GuestSources): string =>
  `/* SPDX-License-Identifier: MIT OR GPL-2.0 */
/* Written by recwalk from the folders of the parts. */
#define INIT_PARTS(PART)${parts.init.map((part) => ` PART(${part})`).join('')}
#define MODULE_PARTS(PART)${parts.module.map((part) => ` PART(${part})`).join('')}
#define ALL_PARTS(PART)${parts.all.map((part) => ` PART(${part})`).join('')}
`;

/**
 * The Makefile for kbuild. Only the files with observed functions are built with ftrace: a tracer on all functions (an
 * empty filter) must not recurse into the module that drives it.
 */
export const makefile = ({ module, modules }: GuestSources): string =>
  `# SPDX-License-Identifier: MIT
# Written by recwalk. Read by kbuild: make -C KDIR M=$PWD modules
obj-m := recwalk.o${modules.map((name) => ` ${name}.o`).join('')}
recwalk-y :=${module.map((name) => ` ${name}.o`).join('')}
ccflags-remove-y += $(CC_FLAGS_FTRACE)
CFLAGS_targets.o += $(CC_FLAGS_FTRACE)
CFLAGS_recwalk_target.o += $(CC_FLAGS_FTRACE)
`;
