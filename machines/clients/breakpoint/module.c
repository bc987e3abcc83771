// SPDX-License-Identifier: MIT OR GPL-2.0
/* The kprobe M on the first instruction behind the call of __fentry__ in function 1. */
#include <linux/ftrace.h>
#include <linux/kprobes.h>
#include <linux/string.h>
#include "module.h"

static unsigned long hits;

static int count(struct kprobe *kprobe, struct pt_regs *regs)
{
	hits++;
	return 0;
}

static struct kprobe breakpoint;

/* "register kprobe M", "unregister kprobe M" */
static bool dispatch_breakpoint(const char *verb, const char *rest, int *err)
{
	if (strcmp(rest, "kprobe M"))
		return false;
	if (!strcmp(verb, "register")) {
		breakpoint = (struct kprobe){
			.addr = (kprobe_opcode_t *)(function_1 + MCOUNT_INSN_SIZE),
			.pre_handler = count,
		};
		*err = register_kprobe(&breakpoint);
		return true;
	}
	if (strcmp(verb, "unregister"))
		return false;
	unregister_kprobe(&breakpoint);
	*err = 0;
	return true;
}

static void append_breakpoint_hits(struct line *answer)
{
	append(answer, "M %lu\n", hits);
}

const struct client breakpoint_client = {
	.dispatch = dispatch_breakpoint,
	.append_hits = append_breakpoint_hits,
};
