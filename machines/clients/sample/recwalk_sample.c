// SPDX-License-Identifier: MIT OR GPL-2.0
/*
 * A direct ops without ops_func, and a trampoline that counts.
 *
 * The kernel calls the trampoline in place of __fentry__, so it must preserve every register.
 */
#include <linux/module.h>
#include "direct.h"
#include "module.h"

extern unsigned long sample_hits;
extern char recwalk_sample_tramp[];

asm("	.pushsection .text, \"ax\", @progbits\n"
    "	.type recwalk_sample_tramp, @function\n"
    "	.globl recwalk_sample_tramp\n"
    "	.balign 16\n"
    "recwalk_sample_tramp:\n"
    "	" ASM_ENDBR
    "	incq sample_hits(%rip)\n"
    "	" ASM_RET
    "	.size recwalk_sample_tramp, . - recwalk_sample_tramp\n"
    "	.popsection\n");

static struct ftrace_ops direct;

static int __init sample_init(void)
{
	int err = ftrace_set_filter_ip(&direct, function_1, 0, 0);

	if (!err)
		err = register_direct(&direct, (unsigned long)recwalk_sample_tramp);
	if (err)
		ftrace_free_filter(&direct);
	return err;
}

static void __exit sample_exit(void)
{
	unregister_direct(&direct, (unsigned long)recwalk_sample_tramp);
	ftrace_free_filter(&direct);
}

module_init(sample_init);
module_exit(sample_exit);
MODULE_DESCRIPTION("recwalk: a direct trampoline");
MODULE_LICENSE("Dual MIT/GPL");
