// SPDX-License-Identifier: MIT OR GPL-2.0
/* A module with a function that ftrace can trace. Reading its file calls the function once. */
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include "functions.h"

static int recwalk_proc_show(struct seq_file *file, void *nothing)
{
	seq_puts(file, "original\n");
	return 0;
}

static int __init target_init(void)
{
	return proc_create_single(NAME_3, 0, NULL, recwalk_proc_show) ? 0 : -ENOMEM;
}

static void __exit target_exit(void)
{
	remove_proc_entry(NAME_3, NULL);
}

module_init(target_init);
module_exit(target_exit);
MODULE_DESCRIPTION("recwalk: a module with a traced function");
MODULE_LICENSE("Dual MIT/GPL");
