// SPDX-License-Identifier: MIT OR GPL-2.0
/* The BPF programs on both functions. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "functions.h"

/* /init reads these in this order, through the map that is made of the section. */
__u64 program_hits[6];

SEC("fentry/" FUNCTION_1)
int BPF_PROG(fentry)
{
	program_hits[0]++;
	return 0;
}

SEC("fexit/" FUNCTION_1)
int BPF_PROG(fexit)
{
	program_hits[1]++;
	return 0;
}

SEC("fentry/" FUNCTION_2)
int BPF_PROG(fentry2)
{
	program_hits[2]++;
	return 0;
}

SEC("fexit/" FUNCTION_2)
int BPF_PROG(fexit2)
{
	program_hits[3]++;
	return 0;
}

/* /init loads these two as programs of several functions. */
SEC("fentry/" FUNCTION_1)
int BPF_PROG(fentry_multi)
{
	program_hits[4]++;
	return 0;
}

SEC("fexit/" FUNCTION_1)
int BPF_PROG(fexit_multi)
{
	program_hits[5]++;
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
