import type { ClientReproducer } from '../reproducer.js';

const functionOf = (actor: string) => `${actor === 'sample2' ? 'version' : 'cmdline'}_proc_show`;

/** A module with a direct ops without ops_func. */
const source = (actor: string): string => `// SPDX-License-Identifier: MIT OR GPL-2.0
/*
 * A direct ops without ops_func on ${functionOf(actor)}(). Its trampoline is called in place of
 * __fentry__, so it may change no register: it counts and returns.
 */
#include <asm/ibt.h>
#include <asm/linkage.h>
#include <linux/ftrace.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
#define register_direct(ops, address) register_ftrace_direct(ops, address)
#define unregister_direct(ops, address) unregister_ftrace_direct(ops, address, false)
#else
#define register_direct(ops, address) register_ftrace_direct_multi(ops, address)
#define unregister_direct(ops, address) unregister_ftrace_direct_multi(ops, address)
#endif

unsigned long hits;
module_param(hits, ulong, 0444);

extern char trampoline[];
asm("	.pushsection .text, \\"ax\\", @progbits\\n"
    "	.type trampoline, @function\\n"
    "	.balign 16\\n"
    "trampoline:\\n"
    "	" ASM_ENDBR
    "	incq hits(%rip)\\n"
    "	" ASM_RET
    "	.size trampoline, . - trampoline\\n"
    "	.popsection\\n");

static struct ftrace_ops direct;

static int __init sample_init(void)
{
	/* ftrace cuts the name up while it reads it. */
	static unsigned char function[] = "${functionOf(actor)}";
	int err = ftrace_set_filter(&direct, function, strlen(function), 0);

	if (!err)
		err = register_direct(&direct, (unsigned long)trampoline);
	if (err)
		ftrace_free_filter(&direct);
	return err;
}

static void __exit sample_exit(void)
{
	unregister_direct(&direct, (unsigned long)trampoline);
	ftrace_free_filter(&direct);
}

module_init(sample_init);
module_exit(sample_exit);
MODULE_DESCRIPTION("A direct ops without ops_func");
MODULE_LICENSE("Dual MIT/GPL");
`;

const ACTORS = ['sample', 'sample2', 'rival'];

export const reproducer: ClientReproducer = {
  actors: ACTORS,
  actions: (actor) => [
    { description: `load ${actor}`, commands: [`insmod ${actor}.ko`] },
    { description: `unload ${actor}`, commands: [`rmmod ${actor}`] },
  ],
  hits: () => 'cat /sys/module/$1/parameters/hits 2> /dev/null || echo 0',
  modules: (actors) => actors.map((actor) => ({ name: `${actor}.c`, text: source(actor) })),
  trampolines: ACTORS.map((name) => ({ name, pattern: `*'direct'*'-->'*'[${name}]'*` })),
};
