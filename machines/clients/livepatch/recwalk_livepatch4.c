// SPDX-License-Identifier: MIT OR GPL-2.0
/* A livepatch of function 4, which is the one of a system call. */
#include <linux/ptrace.h>
#include "functions.h"

static long show_patched(const struct pt_regs *registers)
{
	return PATCHED_RESULT;
}

#define OBJECT NULL
#define PATCHED FUNCTION_4
#define REPLACE false
#include "recwalk_livepatch.c"
