// SPDX-License-Identifier: MIT OR GPL-2.0
/* The declared ops and their callbacks. */
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

/* A tracer with an empty filter traces every function. Count only the target being called. */
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
		/* register_direct() requires a NULL func. */
		return give_owner(actor);
	}
	return -EINVAL;
}

/* The first filter call makes an ops "initialised" in the kernel's sense. */
static int initialise(struct actor *actor)
{
	int err = add_record(actor, 1);

	return err ? err : remove_record(actor, 1);
}

static int parse_kind(struct actor *actor, const char *kind, const char *owner)
{
	static const char *const kinds[] = { "tracer", "regs", "ipmodify", "direct" };
	static const char *const owners[] = { "absent", "willing", "refusing", "bpf",
					      "positive", "moving" };
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
	/* "records=2+3" skips three functions: the addresses of the others hash in another order. */
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
