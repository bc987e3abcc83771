// SPDX-License-Identifier: MIT OR GPL-2.0
/* A livepatch of function 4, which is the one of a system call. */
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/ptrace.h>
#include "functions.h"

static long patched(const struct pt_regs *registers)
{
	return PATCHED_RESULT;
}

static struct klp_func functions[] = {
	{ .old_name = FUNCTION_4, .new_func = patched },
	{ }
};

static struct klp_object objects[] = { { .funcs = functions }, { } };

static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objects };

static int __init livepatch_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit livepatch_exit(void)
{
}

module_init(livepatch_init);
module_exit(livepatch_exit);
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("recwalk: a livepatch of a system call");
MODULE_LICENSE("Dual MIT/GPL");
