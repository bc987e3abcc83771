// SPDX-License-Identifier: MIT OR GPL-2.0
/*
 * The calls on a declared ops.
 *
 * Nothing here refuses or repairs a call. Misuse reaches ftrace unchanged, and the state that a
 * failed call leaves in an ops stays there, because that state is part of the observation.
 */
#include "direct.h"
#include "recwalk.h"

static int change_filter(struct actor *actor, int record, bool remove)
{
	return ftrace_set_filter_ip(&actor->ops, (unsigned long)target_of(record), remove, 0);
}

int add_record(struct actor *actor, int record)
{
	return change_filter(actor, record, false);
}

int remove_record(struct actor *actor, int record)
{
	return change_filter(actor, record, true);
}

/* Also takes a direct ops, although the kernel owns its func, which is NULL until it is set. */
int attach_plainly(struct actor *actor)
{
	int err = register_ftrace_function(&actor->ops);

	if (!err)
		actor->registered = true;
	return err;
}

static int attach_directly(struct actor *actor)
{
	/* If registering a live ops fails, its current trampoline must stay the same. */
	bool was_b = actor->trampoline_b;
	int err;

	actor->trampoline_b = false;
	err = register_direct(&actor->ops, trampoline_of(actor));
	if (err)
		actor->trampoline_b = was_b;
	else
		actor->registered = true;
	return err;
}

int attach(struct actor *actor)
{
	return actor->kind == DIRECT ? attach_directly(actor) : attach_plainly(actor);
}

static int detached(struct actor *actor, int err)
{
	if (!err) {
		actor->registered = false;
		actor->sharing = false;
	}
	return err;
}

int detach_plainly(struct actor *actor)
{
	return detached(actor, unregister_ftrace_function(&actor->ops));
}

int detach(struct actor *actor)
{
	if (actor->kind != DIRECT)
		return detach_plainly(actor);
	return detached(actor, unregister_direct(&actor->ops, trampoline_of(actor)));
}

/* Passes the trampoline that is not current. The current one stays the same. */
int detach_other(struct actor *actor)
{
	int err;

	if (actor->kind != DIRECT)
		return -EINVAL;
	actor->trampoline_b = !actor->trampoline_b;
	err = detach(actor);
	actor->trampoline_b = !actor->trampoline_b;
	return err;
}

int modify(struct actor *actor)
{
	int err;

	if (actor->kind != DIRECT)
		return -EINVAL;
	actor->trampoline_b = !actor->trampoline_b;
	err = modify_direct(&actor->ops, trampoline_of(actor));
	if (err)
		actor->trampoline_b = !actor->trampoline_b;
	return err;
}
