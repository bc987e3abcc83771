// SPDX-License-Identifier: MIT OR GPL-2.0
/* "unregister OPS", "unregister OPS other" and "plain unregister OPS". */
#include "direct.h"
#include "recwalk.h"

static int unregistered(struct guest_ops *ops, int err)
{
	if (!err) {
		ops->registered = false;
		ops->sharing = false;
	}
	return err;
}

static int unregister_plainly(struct guest_ops *ops)
{
	return unregistered(ops, unregister_ftrace_function(&ops->ftrace_ops));
}

static int unregister_ops(struct guest_ops *ops)
{
	if (ops->kind != DIRECT)
		return unregister_plainly(ops);
	return unregistered(ops, unregister_direct(&ops->ftrace_ops, trampoline_of(ops)));
}

/* Passes the trampoline that is not current. The current one stays the same. */
static int unregister_other(struct guest_ops *ops)
{
	int err;

	if (ops->kind != DIRECT)
		return -EINVAL;
	ops->trampoline_b = !ops->trampoline_b;
	err = unregister_ops(ops);
	ops->trampoline_b = !ops->trampoline_b;
	return err;
}

const struct call unregister_calls[] = {
	{ "unregister", .make = unregister_ops, .by_owner = true },
	{ "unregister", "other", .make = unregister_other, .by_owner = true },
	{ "plain unregister", .make = unregister_plainly },
	{ }
};
