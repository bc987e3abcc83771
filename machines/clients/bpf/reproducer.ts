import type { ClientReproducer } from '../reproducer.js';

/** The BPF program of a name, which is also its attach type. */
const programSource = (name: string): string => `// SPDX-License-Identifier: MIT OR GPL-2.0
/* Counts calls of cmdline_proc_show(). */
#define SEC(name) __attribute__((section(name), used))

unsigned long hits;

SEC("${name}/cmdline_proc_show")
int ${name}(void *context)
{
	hits++;
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
`;

const GONE = `
# The kernel frees a detached program a little later.
gone() {
	[ -z "$(bpftool prog show name $1)" ]
}
`;

export const reproducer: ClientReproducer = {
  actors: ['fentry', 'fexit'],
  actions: (name) => [
    {
      description: `attach ${name}`,
      commands: [`./attach ${name}.bpf.o /sys/fs/bpf/${name}`],
    },
    {
      description: `detach ${name}`,
      commands: [`rm /sys/fs/bpf/${name} && wait_for gone ${name}`],
    },
  ],
  hits: () => `bpftool map dump name $1.bss 2> /dev/null | grep -o '[0-9]*$' || echo 0`,
  programs: (actors) =>
    actors.map((name) => ({ name: `${name}.bpf.c`, text: programSource(name) })),
  trampoline: { name: 'bpf', pattern: "*'direct'*'-->bpf_trampoline_'*" },
  requirements: () => ['bpftool version > /dev/null || skip "this needs bpftool"'],
  functions: () => [GONE],
};
