import type { ClientReproducer } from '../reproducer.js';

const FUNCTIONS = ['cmdline_proc_show', 'version_proc_show'];

/** The livepatch of the first function, or of both. */
const patchModule = (patched: number): string => `// SPDX-License-Identifier: MIT OR GPL-2.0
/* A livepatch of ${FUNCTIONS.slice(0, patched)
  .map((name) => `${name}()`)
  .join(' and ')}. */
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/seq_file.h>

static int patched(struct seq_file *file, void *nothing)
{
	seq_puts(file, "patched\\n");
	return 0;
}

static struct klp_func funcs[] = {
${FUNCTIONS.slice(0, patched)
  .map((name) => `\t{ .old_name = "${name}", .new_func = patched },\n`)
  .join('')}	{ }
};

static struct klp_object objects[] = { { .funcs = funcs }, { } };

static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objects };

static int __init patch_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit patch_exit(void)
{
}

module_init(patch_init);
module_exit(patch_exit);
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("A livepatch");
MODULE_LICENSE("Dual MIT/GPL");
`;

export const reproducer: ClientReproducer = {
  actors: ['livepatch'],
  actions: () => [
    {
      description: 'enable livepatch',
      commands: ['insmod patch.ko && wait_for grep -q 0 /sys/kernel/livepatch/patch/transition'],
    },
    {
      description: 'disable livepatch',
      commands: [
        'echo 0 > /sys/kernel/livepatch/patch/enabled &&',
        '\twait_for [ ! -e /sys/kernel/livepatch/patch ] && wait_for rmmod patch',
      ],
    },
  ],
  modules: (_, { livepatch = 1 }) => [{ name: 'patch.c', text: patchModule(livepatch) }],
};
