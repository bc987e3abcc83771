// SPDX-License-Identifier: MIT OR GPL-2.0
/*
 * A direct ops without ops_func, and a trampoline that counts. Other samples include this file.
 *
 * The kernel calls the trampoline in place of __fentry__, so it must preserve every register.
 */
#include <linux/module.h>
#include <linux/stringify.h>
#include "direct.h"
#include "module.h"

#ifndef NAME
#define NAME sample
#define FUNCTION function_1
#endif

#define JOIN(a, b, c) a##b##c
#define JOINED(a, b, c) JOIN(a, b, c)
#define TRAMPOLINE JOINED(recwalk_, NAME, _tramp)
#define HITS JOINED(, NAME, _hits)

extern unsigned long HITS;
extern char TRAMPOLINE[];

asm("	.pushsection .text, \"ax\", @progbits\n"
    "	.type " __stringify(TRAMPOLINE) ", @function\n"
    "	.globl " __stringify(TRAMPOLINE) "\n"
    "	.balign 16\n"
    __stringify(TRAMPOLINE) ":\n"
    "	" ASM_ENDBR
    "	incq " __stringify(HITS) "(%rip)\n"
    "	" ASM_RET
    "	.size " __stringify(TRAMPOLINE) ", . - " __stringify(TRAMPOLINE) "\n"
    "	.popsection\n");

static struct ftrace_ops direct;

static int __init sample_init(void)
{
	int err = ftrace_set_filter_ip(&direct, FUNCTION, 0, 0);

	if (!err)
		err = register_direct(&direct, (unsigned long)TRAMPOLINE);
	if (err)
		ftrace_free_filter(&direct);
	return err;
}

static void __exit sample_exit(void)
{
	unregister_direct(&direct, (unsigned long)TRAMPOLINE);
	ftrace_free_filter(&direct);
}

module_init(sample_init);
module_exit(sample_exit);
MODULE_DESCRIPTION("recwalk: a direct trampoline");
MODULE_LICENSE("Dual MIT/GPL");
