// SPDX-License-Identifier: MIT OR GPL-2.0
/* "modify OPS": switches a direct ops to its other trampoline. */
#include "direct.h"
#include "recwalk.h"

static int modify(struct guest_ops *ops)
{
	int err;

	if (ops->kind != DIRECT)
		return -EINVAL;
	ops->trampoline_b = !ops->trampoline_b;
	err = modify_direct(&ops->ftrace_ops, trampoline_of(ops));
	if (err)
		ops->trampoline_b = !ops->trampoline_b;
	return err;
}

const struct call modify_calls[] = { { "modify", .make = modify }, { } };
