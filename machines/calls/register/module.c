// SPDX-License-Identifier: MIT OR GPL-2.0
/* "register OPS" and "plain register OPS". */
#include "direct.h"
#include "recwalk.h"

/* Also takes a direct ops, although the kernel owns its func, which is NULL until it is set. */
static int register_plainly(struct guest_ops *ops)
{
	int err = register_ftrace_function(&ops->ftrace_ops);

	if (!err)
		ops->registered = true;
	return err;
}

static int register_directly(struct guest_ops *ops)
{
	/* If registering a live ops fails, its current trampoline must stay the same. */
	bool was_b = ops->trampoline_b;
	int err;

	ops->trampoline_b = false;
	err = register_direct(&ops->ftrace_ops, trampoline_of(ops));
	if (err)
		ops->trampoline_b = was_b;
	else
		ops->registered = true;
	return err;
}

static int register_ops(struct guest_ops *ops)
{
	return ops->kind == DIRECT ? register_directly(ops) : register_plainly(ops);
}

const struct call register_calls[] = {
	{ "register", .make = register_ops, .by_owner = true },
	{ "plain register", .make = register_plainly },
	{ }
};
