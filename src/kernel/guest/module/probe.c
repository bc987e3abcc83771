// SPDX-License-Identifier: MIT OR GPL-2.0
/* Tests whether ftrace is alive. */
#include <linux/ftrace.h>
#include "device.h"

static void ignored(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *ops,
		    struct ftrace_regs *fregs)
{
}

static struct ftrace_ops probe = { .func = ignored };

/* After ftrace_kill() every filter change returns -ENODEV. This ops is never registered. */
int probe_ftrace(unsigned long function)
{
	return ftrace_set_filter_ip(&probe, function, 0, 0);
}
