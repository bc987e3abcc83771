import type { ClientReproducer } from '../reproducer.js';

const FUNCTIONS = ['cmdline_proc_show', 'version_proc_show'] as const;
/** The programs, each with the section of its object, which is its attach type. */
const SECTIONS: Readonly<Record<string, string>> = Object.fromEntries(
  FUNCTIONS.flatMap((one, i) =>
    ['fentry', 'fexit'].map((type) => [`${type}${i === 0 ? '' : i + 1}`, `${type}/${one}`]),
  ),
);

const programSource = (name: string): string => `// SPDX-License-Identifier: MIT OR GPL-2.0
/* Counts calls of ${SECTIONS[name]!.split('/')[1]}(). */
#define SEC(name) __attribute__((section(name), used))

unsigned long hits;

SEC("${SECTIONS[name]}")
int ${name}(void *context)
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
  actors: Object.keys(SECTIONS),
  actions: (name) => [
    {
      description: `load ${name}`,
      commands: [`bpftool prog load ${name}.bpf.o /sys/fs/bpf/${name}_loaded`],
    },
    {
      description: `attach ${name}`,
      commands: [`./attach ${name}.bpf.o /sys/fs/bpf/${name}`],
    },
    {
      description: `detach ${name}`,
      commands: [`rm /sys/fs/bpf/${name} && wait_for gone ${name}`],
    },
    { description: `unload ${name}`, commands: [`rm /sys/fs/bpf/${name}_loaded`] },
  ],
  hits: () => `bpftool map dump name $1.bss 2> /dev/null | grep -o '[0-9]*$' || echo 0`,
  programs: (actors) =>
    actors.map((name) => ({ name: `${name}.bpf.c`, text: programSource(name) })),
  trampolines: [
    { name: 'bpf(jmp)', pattern: "*'direct(jmp)-->bpf_trampoline_'*" },
    { name: 'bpf', pattern: "*'direct-->bpf_trampoline_'*" },
  ],
  requirements: () => ['bpftool version > /dev/null || skip "this needs bpftool"'],
  functions: () => [GONE],
};
