// SPDX-License-Identifier: MIT OR GPL-2.0
/* "modify OPS": switches a direct ops to its other trampoline. */
#include "direct.h"
#include "recwalk.h"

/* `locked`: the caller holds direct_mutex, as the sender of PEER and DISABLE does. */
int switch_trampoline(struct guest_ops *ops, bool locked)
{
	int err;

	if (ops->kind != DIRECT)
		return -EINVAL;
	ops->trampoline_b = !ops->trampoline_b;
	err = locked ? modify_direct_nolock(&ops->ftrace_ops, trampoline_of(ops)) :
		       modify_direct(&ops->ftrace_ops, trampoline_of(ops));
	if (err)
		ops->trampoline_b = !ops->trampoline_b;
	return err;
}

static int modify(struct guest_ops *ops)
{
	return switch_trampoline(ops, false);
}

const struct call modify_calls[] = { { "modify", .make = modify, .by_owner = true }, { } };
