import type { ClientReproducer } from '../reproducer.js';

/** The module with a function that reading its file calls. */
const TARGET = `// SPDX-License-Identifier: MIT OR GPL-2.0
/* A module with a function that ftrace can trace. Reading /proc/recwalk calls it once. */
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

static int recwalk_proc_show(struct seq_file *file, void *nothing)
{
	seq_puts(file, "original\\n");
	return 0;
}

static int __init target_init(void)
{
	return proc_create_single("recwalk", 0, NULL, recwalk_proc_show) ? 0 : -ENOMEM;
}

static void __exit target_exit(void)
{
	remove_proc_entry("recwalk", NULL);
}

module_init(target_init);
module_exit(target_exit);
MODULE_DESCRIPTION("A module with a traced function");
MODULE_LICENSE("Dual MIT/GPL");
`;

export const reproducer: ClientReproducer = {
  actors: ['module'],
  actions: () => [
    { description: 'load module', commands: ['insmod recwalk_target.ko'] },
    { description: 'unload module', commands: ['rmmod recwalk_target'] },
  ],
  modules: () => [{ name: 'recwalk_target.c', text: TARGET }],
};
