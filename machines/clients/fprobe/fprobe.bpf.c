// SPDX-License-Identifier: MIT OR GPL-2.0
/* The BPF program of a kprobe_multi link. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

/* /init reads this through the map that is made of the section. */
__u64 hits;

SEC("kprobe.multi")
int kprobe_multi(void *context)
{
	hits++;
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
