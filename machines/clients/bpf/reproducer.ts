import type { ClientReproducer } from '../reproducer.js';

const FUNCTIONS = ['cmdline_proc_show', 'version_proc_show'] as const;
const TYPES = ['fentry', 'fexit'] as const;

/** A program: its file without `.bpf.c`, which also names its map, and the section of its object, its attach type. */
interface ProgramFile {
  readonly file: string;
  readonly section: string;
}

const FILES: Readonly<Record<string, ProgramFile>> = Object.fromEntries([
  ...FUNCTIONS.flatMap((one, i) =>
    TYPES.map((type) => {
      const file = `${type}${i === 0 ? '' : i + 1}`;
      return [file, { file, section: `${type}/${one}` }];
    }),
  ),
  // The name of a map has at most 15 characters, up to the first dot of the file.
  ...TYPES.map((type) => [`${type}.multi`, { file: `${type}_m`, section: `${type}.multi` }]),
]);

const fileOf = (name: string): string => FILES[name]!.file;

const programSource = ({
  file,
  section,
}: ProgramFile): string => `// SPDX-License-Identifier: MIT OR GPL-2.0
/* Counts calls of ${section.includes('/') ? `${section.split('/')[1]}()` : FUNCTIONS.map((one) => `${one}()`).join(' and ')}. */
#define SEC(name) __attribute__((section(name), used))

unsigned long hits;

SEC("${section}")
int ${file}(void *context)
{
	hits++;
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
`;

const GONE = `
# The kernel frees a detached program a little later, unless it is still loaded.
gone() {
	[ -e /sys/fs/bpf/$1_loaded ] || [ -z "$(bpftool prog show name $1)" ]
}
`;

export const reproducer: ClientReproducer = {
  actors: Object.keys(FILES),
  actions: (name) => {
    const file = fileOf(name);
    return [
      {
        description: `load ${name}`,
        commands: [`./attach ${file}.bpf.o /sys/fs/bpf/${file} load`],
      },
      {
        description: `attach ${name}`,
        commands: [`./attach ${file}.bpf.o /sys/fs/bpf/${file}`],
      },
      {
        description: `detach ${name}`,
        commands: [`rm /sys/fs/bpf/${file} && wait_for gone ${file}`],
      },
      { description: `unload ${name}`, commands: [`rm /sys/fs/bpf/${file}_loaded`] },
    ];
  },
  hits: (name) =>
    `bpftool map dump name ${fileOf(name)}.bss 2> /dev/null | grep -o '[0-9]*$' || echo 0`,
  programs: (actors) =>
    actors.map((name) => ({ name: `${fileOf(name)}.bpf.c`, text: programSource(FILES[name]!) })),
  trampolines: [
    { name: 'bpf(jmp)', pattern: "*'direct(jmp)-->bpf_trampoline_'*" },
    { name: 'bpf', pattern: "*'direct-->bpf_trampoline_'*" },
  ],
  requirements: () => ['bpftool version > /dev/null || skip "this needs bpftool"'],
  functions: () => [GONE],
};
