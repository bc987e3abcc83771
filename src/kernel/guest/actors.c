// SPDX-License-Identifier: MIT OR GPL-2.0
/*
 * The declared ops and the calls that can be made with them.
 *
 * Nothing is repaired here: whatever a failed call leaves in an ops stays there, because that is
 * part of what is being looked at.
 */
#include <linux/string.h>
#include "recwalk.h"

struct actor actors[ACTORS];
int actor_count;
int record_count;
int records_skipped;
unsigned long called_target;

#ifndef ftrace_regs_set_instruction_pointer
#define ftrace_regs_set_instruction_pointer(fregs, ip) ftrace_instruction_pointer_set(fregs, ip)
#endif

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
#define register_direct(ops, address) register_ftrace_direct(ops, address)
#define unregister_direct(ops, address) unregister_ftrace_direct(ops, address, false)
#define modify_direct(ops, address) modify_ftrace_direct(ops, address)
#else
#define register_direct(ops, address) register_ftrace_direct_multi(ops, address)
#define unregister_direct(ops, address) unregister_ftrace_direct_multi(ops, address)
#define modify_direct(ops, address) modify_ftrace_direct_multi(ops, address)
#endif

/* A tracer with an empty filter hears every function: count only the target we call ourselves. */
static void count(struct actor *actor, unsigned long ip)
{
	if (ip - called_target < 16)
		actor->calls++;
}

static void traced(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *ops,
		   struct ftrace_regs *fregs)
{
	count(container_of(ops, struct actor, ops), ip);
}

static void patched(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *ops,
		    struct ftrace_regs *fregs)
{
	struct actor *actor = container_of(ops, struct actor, ops);

	ftrace_regs_set_instruction_pointer(fregs, (unsigned long)bodies[actor->index]);
}

static int prepare(struct actor *actor)
{
	switch (actor->kind) {
	case TRACER:
		actor->ops.func = traced;
		return 0;
	case REGS:
		actor->ops.func = traced;
		actor->ops.flags = FTRACE_OPS_FL_SAVE_REGS;
		return 0;
	case IPMODIFY:
		actor->ops.func = patched;
		actor->ops.flags = FTRACE_OPS_FL_SAVE_REGS | FTRACE_OPS_FL_IPMODIFY;
		return 0;
	case DIRECT:
		/* register_direct insists on finding no func. */
		return give_owner(actor);
	}
	return -EINVAL;
}

/* An ops becomes "initialised" in the kernel's sense by its first filter call. */
static int initialise(struct actor *actor)
{
	int err = change_filter(actor, 1, false);

	return err ? err : change_filter(actor, 1, true);
}

static int parse_kind(struct actor *actor, const char *kind, const char *owner)
{
	static const char *const kinds[] = { "tracer", "regs", "ipmodify", "direct" };
	static const char *const owners[] = { "absent", "willing", "refusing", "bpf" };
	int k = match_string(kinds, ARRAY_SIZE(kinds), kind ? kind : "");
	int o = owner ? match_string(owners, ARRAY_SIZE(owners), owner) : ABSENT;

	if (k < 0 || o < 0 || (owner && k != DIRECT))
		return -EINVAL;
	actor->kind = k;
	actor->owner = o;
	return 0;
}

static int declare_one(char *word)
{
	struct actor *actor = &actors[actor_count];
	char *name = strsep(&word, ":");
	char *kind = strsep(&word, ":");
	int err;

	if (actor_count == ACTORS || !*name || actor_named(name))
		return -EINVAL;
	memset(actor, 0, sizeof(*actor));
	strscpy(actor->name, name, sizeof(actor->name));
	actor->index = actor_count;
	err = parse_kind(actor, kind, word);
	if (err)
		return err;
	err = prepare(actor);
	if (err)
		return err;
	actor_count++;
	return initialise(actor);
}

static int forget_actors(void)
{
	int i;

	for (i = 0; i < actor_count; i++)
		if (actors[i].registered)
			return -EBUSY;
	for (i = 0; i < actor_count; i++)
		ftrace_free_filter(&actors[i].ops);
	actor_count = 0;
	return 0;
}

int declare(char *words)
{
	char *word = strsep(&words, " ");
	int err = forget_actors();

	if (err)
		return err;
	/* "records=2+3" takes other functions, whose addresses hash to another order. */
	records_skipped = 0;
	if (!word || sscanf(word, "records=%d+%d", &record_count, &records_skipped) < 1)
		return -EINVAL;
	if (record_count < 1 || records_skipped < 0 || records_skipped + record_count > RECORDS)
		return -EINVAL;
	while (!err && (word = strsep(&words, " ")))
		if (*word)
			err = declare_one(word);
	return err;
}

struct actor *actor_named(const char *name)
{
	int i;

	for (i = 0; i < actor_count; i++)
		if (!strcmp(actors[i].name, name))
			return &actors[i];
	return NULL;
}

int change_filter(struct actor *actor, int record, bool remove)
{
	return ftrace_set_filter_ip(&actor->ops, (unsigned long)target_of(record), remove, 0);
}

int attach(struct actor *actor)
{
	int err;

	if (actor->kind == DIRECT) {
		/* A register that fails on an ops that is already live must not forget its trampoline. */
		bool was_b = actor->trampoline_b;

		actor->trampoline_b = false;
		err = register_direct(&actor->ops, trampoline_of(actor));
		if (err)
			actor->trampoline_b = was_b;
	} else {
		err = register_ftrace_function(&actor->ops);
	}
	if (!err)
		actor->registered = true;
	return err;
}

int detach(struct actor *actor)
{
	int err;

	if (actor->kind == DIRECT)
		err = unregister_direct(&actor->ops, trampoline_of(actor));
	else
		err = unregister_ftrace_function(&actor->ops);
	if (!err) {
		actor->registered = false;
		actor->sharing = false;
	}
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
