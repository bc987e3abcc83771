// SPDX-License-Identifier: MIT OR GPL-2.0
/* The BPF programs on function 1. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "functions.h"

/* /init reads these in this order, through the map that is made of the section. */
__u64 program_hits[2];

SEC("fentry/" FUNCTION_1)
int BPF_PROG(on_entry)
{
	program_hits[0]++;
	return 0;
}

SEC("fexit/" FUNCTION_1)
int BPF_PROG(on_exit)
{
	program_hits[1]++;
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
