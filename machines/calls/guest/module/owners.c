// SPDX-License-Identifier: MIT OR GPL-2.0
/* The ops_func of a direct ops, and the log of its commands and return values. */
#include "recwalk.h"

struct callback {
	const struct guest_ops *ops;
	enum ftrace_ops_cmd command;
	int returned;
};

static struct callback callbacks[64];
static int callback_count;

void clear_callbacks(void)
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

void append_callbacks(struct line *line)
{
	int i;

	for (i = 0; i < callback_count; i++) {
		append(line, "; %s %s ", callbacks[i].ops->name, command_name(callbacks[i].command));
		append_errno(line, callbacks[i].returned);
	}
}

/* As the BPF trampoline does: on SELF it must rebuild itself first, and returns -EAGAIN. */
static int bpf_return_value(struct guest_ops *ops, enum ftrace_ops_cmd command)
{
	if (command == FTRACE_OPS_CMD_DISABLE_SHARE_IPMODIFY_PEER) {
		ops->sharing = false;
		return 0;
	}
	if (command == FTRACE_OPS_CMD_ENABLE_SHARE_IPMODIFY_SELF && !ops->sharing) {
		ops->sharing = true;
		return -EAGAIN;
	}
	ops->sharing = true;
	return 0;
}

/* Removes the first function from the filter of its own ops. ftrace keeps the last one. */
static void move(struct guest_ops *ops)
{
	int record, err = -ENOENT;

	for (record = 1; record <= record_count && err == -ENOENT; record++)
		err = remove_record(ops, record);
}

static int return_value(struct guest_ops *ops, enum ftrace_ops_cmd command)
{
	int returned = 0;

	if (ops->owner == REFUSING)
		returned = -EBUSY;
	else if (ops->owner == BPF)
		returned = bpf_return_value(ops, command);
	else if (ops->owner == POSITIVE)
		returned = 1;
	/* A filter change takes ftrace_lock, which register holds while it sends SELF. */
	else if (ops->owner == MOVING && command == FTRACE_OPS_CMD_ENABLE_SHARE_IPMODIFY_PEER)
		move(ops);
	if (callback_count < ARRAY_SIZE(callbacks))
		callbacks[callback_count++] = (struct callback){ ops, command, returned };
	return returned;
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(7, 0, 0)
static int ops_func(struct ftrace_ops *ftrace_ops, unsigned long ip, enum ftrace_ops_cmd command)
#else
static int ops_func(struct ftrace_ops *ftrace_ops, enum ftrace_ops_cmd command)
#endif
{
	return return_value(container_of(ftrace_ops, struct guest_ops, ftrace_ops), command);
}

void set_ops_func(struct guest_ops *ops)
{
	ops->ftrace_ops.ops_func = ops->owner == ABSENT ? NULL : ops_func;
}
