import type { ClientReproducer } from '../reproducer.js';

const PROGRAM = `// SPDX-License-Identifier: MIT OR GPL-2.0
/* Counts calls of the functions of its kprobe_multi link. */
#define SEC(name) __attribute__((section(name), used))

unsigned long hits;

SEC("kprobe.multi")
int kprobe_m(void *context)
{
	hits++;
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
`;

export const reproducer: ClientReproducer = {
  actors: ['kprobe.multi'],
  actions: () => [
    {
      description: 'attach kprobe.multi',
      commands: ['./attach kprobe_m.bpf.o /sys/fs/bpf/kprobe_m'],
    },
    { description: 'detach kprobe.multi', commands: ['rm /sys/fs/bpf/kprobe_m'] },
  ],
  hits: () =>
    "bpftool map dump name kprobe_m.bss 2> /dev/null | grep hits | grep -o '[0-9]*$' || echo 0",
  programs: () => [{ name: 'kprobe_m.bpf.c', text: PROGRAM }],
  requirements: () => ['bpftool version > /dev/null || skip "this needs bpftool"'],
};
