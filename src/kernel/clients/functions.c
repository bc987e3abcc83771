// SPDX-License-Identifier: MIT OR GPL-2.0
/* Where function 1 is, and whether ftrace is alive. */
#include <linux/export.h>
#include <linux/kprobes.h>
#include "clients.h"

unsigned long function_1;
EXPORT_SYMBOL_GPL(function_1);

/* The sample cannot be asked once it is gone. */
unsigned long sample_hits;
EXPORT_SYMBOL_GPL(sample_hits);

static void ignored(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *ops,
		    struct ftrace_regs *fregs)
{
}

static struct ftrace_ops probe = { .func = ignored };

/* After ftrace_kill() every filter change answers -ENODEV; this ops is never registered. */
int probe_ftrace(void)
{
	return ftrace_set_filter_ip(&probe, function_1, 0, 0);
}

/* Nobody exports the address, but a kprobe is told it; a disabled one touches nothing. */
int make_ready(void)
{
	static struct kprobe finder = {
		.symbol_name = FUNCTION_1,
		.flags = KPROBE_FLAG_DISABLED,
	};
	int err = register_kprobe(&finder);

	if (err)
		return err;
	function_1 = (unsigned long)finder.addr;
	unregister_kprobe(&finder);
	return 0;
}
