// SPDX-License-Identifier: MIT OR GPL-2.0
/*
 * A livepatch of function 1, or of both functions. Other livepatches include this file; one without
 * BODY brings a show_patched of its own.
 */
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include "functions.h"

#ifndef PATCHED
#define BODY "patched"
#define OBJECT NULL
#define PATCHED FUNCTION_1
#define REPLACE false
#endif

static int functions = 1;
module_param(functions, int, 0444);

#ifdef BODY
static int show_patched(struct seq_file *file, void *nothing)
{
	/* The fake signals of livepatch do not wake a killable task. */
	while (!strcmp(current->comm, SLEEPER) && !fatal_signal_pending(current))
		schedule_timeout_killable(MAX_SCHEDULE_TIMEOUT);
	seq_puts(file, BODY "\n");
	return 0;
}
#endif

static struct klp_func patched[] = {
	{ .old_name = PATCHED, .new_func = show_patched },
	{ .old_name = FUNCTION_2, .new_func = show_patched },
	{ }
};

static struct klp_object objects[] = { { .name = OBJECT, .funcs = patched }, { } };

static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objects, .replace = REPLACE };

static int __init livepatch_init(void)
{
	if (functions == 1)
		patched[1] = (struct klp_func){ };
	return klp_enable_patch(&patch);
}

static void __exit livepatch_exit(void)
{
}

module_init(livepatch_init);
module_exit(livepatch_exit);
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("recwalk: a livepatch");
MODULE_LICENSE("Dual MIT/GPL");
