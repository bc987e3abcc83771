// SPDX-License-Identifier: MIT OR GPL-2.0
/*
 * Two trampolines for each ops, because any ops may be declared direct.
 *
 * The kernel calls a trampoline in place of __fentry__, so it must preserve every register. It only
 * increments a counter in memory and returns to the traced function. A plain return also honours an
 * ip that IPMODIFY has changed.
 */
#include <linux/stringify.h>
#include "direct.h"
#include "recwalk.h"

unsigned long trampoline_hits[MAX_OPS][2];

#define TRAMPOLINE(n, letter, side)                                           \
	extern char recwalk_tramp_##n##letter[];                              \
	asm("	.pushsection .text, \"ax\", @progbits\n"                      \
	    "	.type recwalk_tramp_" #n #letter ", @function\n"              \
	    "	.globl recwalk_tramp_" #n #letter "\n"                        \
	    "	.balign 16\n"                                                 \
	    "recwalk_tramp_" #n #letter ":\n"                                 \
	    "	" ASM_ENDBR                                                   \
	    "	incq trampoline_hits + " #n " * 16 + " #side " * 8(%rip)\n"   \
	    "	" ASM_RET                                                     \
	    "	.size recwalk_tramp_" #n #letter ", . - recwalk_tramp_" #n #letter "\n" \
	    "	.popsection\n");

#define PAIR(n) TRAMPOLINE(n, a, 0) TRAMPOLINE(n, b, 1)

PAIR(0) PAIR(1) PAIR(2) PAIR(3) PAIR(4) PAIR(5) PAIR(6) PAIR(7)
PAIR(8) PAIR(9) PAIR(10) PAIR(11) PAIR(12) PAIR(13) PAIR(14) PAIR(15)

#define ADDRESSES(n) { recwalk_tramp_##n##a, recwalk_tramp_##n##b }

static char *const trampolines[MAX_OPS][2] = {
	ADDRESSES(0),  ADDRESSES(1),  ADDRESSES(2),  ADDRESSES(3),
	ADDRESSES(4),  ADDRESSES(5),  ADDRESSES(6),  ADDRESSES(7),
	ADDRESSES(8),  ADDRESSES(9),  ADDRESSES(10), ADDRESSES(11),
	ADDRESSES(12), ADDRESSES(13), ADDRESSES(14), ADDRESSES(15),
};

unsigned long trampoline_named(const struct guest_ops *ops, bool b)
{
	return (unsigned long)trampolines[ops->index][b];
}

unsigned long trampoline_of(const struct guest_ops *ops)
{
	return trampoline_named(ops, ops->trampoline_b);
}
