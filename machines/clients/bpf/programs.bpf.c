// SPDX-License-Identifier: MIT OR GPL-2.0
/* The BPF programs on both functions. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "functions.h"

/* /init reads these in this order, through the map that is made of the section. */
__u64 program_hits[6];

#define COUNTING(name, section, number)	\
	SEC(section)			\
	int BPF_PROG(name)		\
	{				\
		program_hits[number]++;	\
		return 0;		\
	}

COUNTING(fentry, "fentry/" FUNCTION_1, 0)
COUNTING(fexit, "fexit/" FUNCTION_1, 1)
COUNTING(fentry2, "fentry/" FUNCTION_2, 2)
COUNTING(fexit2, "fexit/" FUNCTION_2, 3)

/* /init loads these two as programs of several functions. */
COUNTING(fentry_multi, "fentry/" FUNCTION_1, 4)
COUNTING(fexit_multi, "fexit/" FUNCTION_1, 5)

char LICENSE[] SEC("license") = "Dual MIT/GPL";
