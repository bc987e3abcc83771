// SPDX-License-Identifier: MIT OR GPL-2.0
/* "preset OPS permanent", "preset OPS ipmodify", "preset OPS func" and "reset OPS": no call of ftrace. */
#include "recwalk.h"

static int preset_permanent(struct guest_ops *ops)
{
	ops->ftrace_ops.flags |= FTRACE_OPS_FL_PERMANENT;
	return 0;
}

static int preset_ipmodify(struct guest_ops *ops)
{
	ops->ftrace_ops.flags |= FTRACE_OPS_FL_IPMODIFY;
	return 0;
}

static void never_called(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *ops,
			 struct ftrace_regs *fregs)
{
}

static int preset_func(struct guest_ops *ops)
{
	ops->ftrace_ops.func = never_called;
	return 0;
}

const struct call preset_calls[] = {
	{ "preset", "permanent", .make = preset_permanent },
	{ "preset", "ipmodify", .make = preset_ipmodify },
	{ "preset", "func", .make = preset_func },
	{ "reset", .make = declare },
	{ }
};
