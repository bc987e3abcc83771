// SPDX-License-Identifier: MIT OR GPL-2.0
/* The ops_func of a direct ops, and the log of its commands and return values. */
#include "recwalk.h"

struct callback {
	const struct actor *actor;
	enum ftrace_ops_cmd command;
	int answer;
};

static struct callback callbacks[64];
static int callback_count;

void forget_callbacks(void)
{
	callback_count = 0;
}

static const char *command_name(enum ftrace_ops_cmd command)
{
	switch (command) {
	case FTRACE_OPS_CMD_ENABLE_SHARE_IPMODIFY_SELF:
		return "SELF";
	case FTRACE_OPS_CMD_ENABLE_SHARE_IPMODIFY_PEER:
		return "PEER";
	case FTRACE_OPS_CMD_DISABLE_SHARE_IPMODIFY_PEER:
		return "DISABLE";
	}
	return "UNKNOWN";
}

void say_callbacks(struct line *line)
{
	int i;

	for (i = 0; i < callback_count; i++) {
		say(line, "; %s %s ", callbacks[i].actor->name, command_name(callbacks[i].command));
		say_errno(line, callbacks[i].answer);
	}
}

/* As the BPF trampoline does: on SELF it must rebuild itself first, and returns -EAGAIN. */
static int bpf_answer(struct actor *actor, enum ftrace_ops_cmd command)
{
	if (command == FTRACE_OPS_CMD_DISABLE_SHARE_IPMODIFY_PEER) {
		actor->sharing = false;
		return 0;
	}
	if (command == FTRACE_OPS_CMD_ENABLE_SHARE_IPMODIFY_SELF && !actor->sharing) {
		actor->sharing = true;
		return -EAGAIN;
	}
	actor->sharing = true;
	return 0;
}

/* Removes the first function from the filter of its own ops. ftrace keeps the last one. */
static void move(struct actor *actor)
{
	int record, err = -ENOENT;

	for (record = 1; record <= record_count && err == -ENOENT; record++)
		err = remove_record(actor, record);
}

static int answer(struct actor *actor, enum ftrace_ops_cmd command)
{
	int said = 0;

	if (actor->owner == REFUSING)
		said = -EBUSY;
	else if (actor->owner == BPF)
		said = bpf_answer(actor, command);
	else if (actor->owner == POSITIVE)
		said = 1;
	/* A filter change takes ftrace_lock, which register holds while it sends SELF. */
	else if (actor->owner == MOVING && command == FTRACE_OPS_CMD_ENABLE_SHARE_IPMODIFY_PEER)
		move(actor);
	if (callback_count < ARRAY_SIZE(callbacks))
		callbacks[callback_count++] = (struct callback){ actor, command, said };
	return said;
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(7, 0, 0)
static int asked(struct ftrace_ops *ops, unsigned long ip, enum ftrace_ops_cmd command)
#else
static int asked(struct ftrace_ops *ops, enum ftrace_ops_cmd command)
#endif
{
	return answer(container_of(ops, struct actor, ops), command);
}

int give_owner(struct actor *actor)
{
	actor->ops.ops_func = actor->owner == ABSENT ? NULL : asked;
	return 0;
}
