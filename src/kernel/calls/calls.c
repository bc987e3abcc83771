// SPDX-License-Identifier: MIT OR GPL-2.0
/*
 * The calls that can be made with a declared ops.
 *
 * Nothing is refused or repaired here: a careless call is made as it is asked for, and whatever a
 * failed call leaves in an ops stays there, because that is part of what is being looked at.
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

/* Also for a direct ops, though its func is the kernel's own and NULL while nobody set it. */
int attach_plainly(struct actor *actor)
{
	int err = register_ftrace_function(&actor->ops);

	if (!err)
		actor->registered = true;
	return err;
}

static int attach_directly(struct actor *actor)
{
	/* A register that fails on an ops that is already live must not forget its trampoline. */
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

/* Names the trampoline that is not in force; which one is in force stays as it was. */
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
