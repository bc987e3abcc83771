// SPDX-License-Identifier: MIT OR GPL-2.0
/* The declared ops and their callbacks. */
#include <linux/string.h>
#include "recwalk.h"

struct guest_ops all_ops[MAX_OPS];
int ops_count;
int record_count;
int records_skipped;
unsigned long called_target;

#ifndef ftrace_regs_set_instruction_pointer
#define ftrace_regs_set_instruction_pointer(fregs, ip) ftrace_instruction_pointer_set(fregs, ip)
#endif

/* A tracer with an empty filter traces every function. Count only the target being called. */
static void count(struct guest_ops *ops, unsigned long ip)
{
	if (ip - called_target < 16)
		ops->calls++;
}

static void traced(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *ftrace_ops,
		   struct ftrace_regs *fregs)
{
	count(container_of(ftrace_ops, struct guest_ops, ftrace_ops), ip);
}

static void patched(unsigned long ip, unsigned long parent_ip, struct ftrace_ops *ftrace_ops,
		    struct ftrace_regs *fregs)
{
	struct guest_ops *ops = container_of(ftrace_ops, struct guest_ops, ftrace_ops);

	ftrace_regs_set_instruction_pointer(fregs, (unsigned long)bodies[ops->index]);
}

/* Writes the flags and func as a caller declares them. The filter stays. */
int declare(struct guest_ops *ops)
{
	switch (ops->kind) {
	case TRACER:
		ops->ftrace_ops.func = traced;
		ops->ftrace_ops.flags = 0;
		return 0;
	case REGS:
		ops->ftrace_ops.func = traced;
		ops->ftrace_ops.flags = FTRACE_OPS_FL_SAVE_REGS;
		return 0;
	case IPMODIFY:
		ops->ftrace_ops.func = patched;
		ops->ftrace_ops.flags = FTRACE_OPS_FL_SAVE_REGS | FTRACE_OPS_FL_IPMODIFY;
		return 0;
	case DIRECT:
		/* register_direct() requires a NULL func. */
		ops->ftrace_ops.func = NULL;
		ops->ftrace_ops.trampoline = 0;
		ops->ftrace_ops.flags = 0;
		set_ops_func(ops);
		return 0;
	}
	return -EINVAL;
}

static int parse_kind(struct guest_ops *ops, const char *kind, const char *owner)
{
	static const char *const kinds[] = { "tracer", "regs", "ipmodify", "direct" };
	static const char *const owners[] = { "absent", "willing", "refusing", "bpf",
					      "positive", "moving", "scripted", "trying", "locking" };
	int k = match_string(kinds, ARRAY_SIZE(kinds), kind ? kind : "");
	int o = owner ? match_string(owners, ARRAY_SIZE(owners), owner) : ABSENT;

	if (k < 0 || o < 0 || (owner && k != DIRECT))
		return -EINVAL;
	ops->kind = k;
	ops->owner = o;
	return 0;
}

static int add_ops(char *word)
{
	struct guest_ops *ops = &all_ops[ops_count];
	char *name = strsep(&word, ":");
	char *kind = strsep(&word, ":");
	int err;

	if (ops_count == MAX_OPS || !*name || ops_named(name))
		return -EINVAL;
	memset(ops, 0, sizeof(*ops));
	mutex_init(&ops->lock);
	strscpy(ops->name, name, sizeof(ops->name));
	ops->index = ops_count;
	err = parse_kind(ops, kind, word);
	if (err)
		return err;
	ops_count++;
	return declare(ops);
}

static int free_ops(void)
{
	int i;

	for (i = 0; i < ops_count; i++)
		if (all_ops[i].registered)
			return -EBUSY;
	for (i = 0; i < ops_count; i++)
		ftrace_free_filter(&all_ops[i].ftrace_ops);
	ops_count = 0;
	return 0;
}

int setup_ops(char *words)
{
	char *word = strsep(&words, " ");
	int err = free_ops();

	if (err)
		return err;
	/* "records=2+3" skips three functions: the addresses of the others hash in another order. */
	records_skipped = 0;
	if (!word || sscanf(word, "records=%d+%d", &record_count, &records_skipped) < 1)
		return -EINVAL;
	if (record_count < 1 || records_skipped < 0 || records_skipped + record_count > MAX_RECORDS)
		return -EINVAL;
	while (!err && (word = strsep(&words, " ")))
		if (*word)
			err = add_ops(word);
	return err;
}

struct guest_ops *ops_named(const char *name)
{
	int i;

	for (i = 0; i < ops_count; i++)
		if (!strcmp(all_ops[i].name, name))
			return &all_ops[i];
	return NULL;
}
