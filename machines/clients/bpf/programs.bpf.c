// SPDX-License-Identifier: MIT OR GPL-2.0
/* The BPF programs on the functions. fentry.many are copies of fentry_many. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "functions.h"

/*
 * /init reads this through the map that is made of the section, with the programs in this order.
 * The turn of a program tells when it ran last.
 */
struct {
	__u64 turns;
	struct {
		__u64 hits, turn;
	} of[13];
} runs;

#define COUNTING(name, section, number)			\
	SEC(section)					\
	int BPF_PROG(name)				\
	{						\
		runs.of[number].hits++;			\
		runs.of[number].turn = ++runs.turns;	\
		return 0;				\
	}

COUNTING(fentry, "fentry/" FUNCTION_1, 0)
COUNTING(fentry_second, "fentry/" FUNCTION_1, 1)
COUNTING(fentry_many, "fentry/" FUNCTION_1, 2)
COUNTING(fexit, "fexit/" FUNCTION_1, 3)
COUNTING(fexit_second, "fexit/" FUNCTION_1, 4)
COUNTING(fentry2, "fentry/" FUNCTION_2, 5)
COUNTING(fexit2, "fexit/" FUNCTION_2, 6)

/* /init loads these two as programs of several functions. */
COUNTING(fentry_multi, "fentry/" FUNCTION_1, 7)
COUNTING(fexit_multi, "fexit/" FUNCTION_1, 8)

COUNTING(fentry4, "fentry/" FUNCTION_4, 9)
COUNTING(fexit4, "fexit/" FUNCTION_4, 10)
COUNTING(fentry_alias, "fentry/" ALIAS_4, 11)
COUNTING(fexit_alias, "fexit/" ALIAS_4, 12)

char LICENSE[] SEC("license") = "Dual MIT/GPL";
