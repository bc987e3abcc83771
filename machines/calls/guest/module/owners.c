// SPDX-License-Identifier: MIT OR GPL-2.0
/* The ops_func of a direct ops, and the log of its commands and return values. */
#include <linux/kernel.h>
#include <linux/string.h>
#include "recwalk.h"

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

/* Record 0 is none: before 7.0 a callback is about the whole ops. */
static void append_callback(struct line *line, const struct guest_ops *ops,
			    enum ftrace_ops_cmd command, int record, int returned)
{
	append(line, "; %s %s", ops->name, command_name(command));
	if (record)
		append(line, "(%d)", record);
	append(line, " ");
	append_errno(line, returned);
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

/*
 * As the BPF trampoline of a function does from 7.0 on (bpf_tramp_ftrace_ops_func()), if it calls
 * the original function. Rebuilding it during PEER and DISABLE succeeds here.
 */
static int bpf_return_value_of(struct guest_function *function, enum ftrace_ops_cmd command)
{
	if (command == FTRACE_OPS_CMD_ENABLE_SHARE_IPMODIFY_SELF) {
		if (function->orig_stack)
			return 0;
		if (WARN_ON_ONCE(function->share))
			return -EBUSY;
		function->share = true;
		return -EAGAIN;
	}
	function->share = command == FTRACE_OPS_CMD_ENABLE_SHARE_IPMODIFY_PEER;
	function->orig_stack = function->share;
	return 0;
}

/* Removes the first function from the filter of its own ops. ftrace keeps the last one. */
static void move(struct guest_ops *ops)
{
	int record, err = -ENOENT;

	for (record = 1; record <= record_count && err == -ENOENT; record++)
		err = remove_record(ops, record);
}

/* Its own call needs ftrace_lock, which the sender of SELF may hold. Its result is ignored. */
static int scripted_return_value(struct guest_ops *ops, enum ftrace_ops_cmd command, int record)
{
	struct scripted_answer *script = ops->script[record];
	struct scripted_answer answer = script[0];

	script[0] = script[1];
	memset(&script[1], 0, sizeof(script[1]));
	if (command == FTRACE_OPS_CMD_ENABLE_SHARE_IPMODIFY_SELF)
		return answer.returned;
	if (answer.call == OWN_ADD)
		add_record(ops, answer.record);
	else if (answer.call == OWN_REMOVE)
		remove_record(ops, answer.record);
	else if (answer.call == OWN_MODIFY)
		switch_trampoline(ops, true);
	return answer.returned;
}

/* "0", "-EAGAIN", "-EBUSY", "1", "add RECORD", "remove RECORD" or "modify" */
static int parse_answer(const char *text, struct scripted_answer *answer)
{
	static const char *const names[] = { "0", "-EAGAIN", "-EBUSY", "1" };
	static const int values[] = { 0, -EAGAIN, -EBUSY, 1 };
	int i = match_string(names, ARRAY_SIZE(names), text);

	*answer = (struct scripted_answer){ 0 };
	if (i >= 0)
		answer->returned = values[i];
	else if (sscanf(text, "add %d", &answer->record) == 1)
		answer->call = OWN_ADD;
	else if (sscanf(text, "remove %d", &answer->record) == 1)
		answer->call = OWN_REMOVE;
	else if (!strcmp(text, "modify"))
		answer->call = OWN_MODIFY;
	else
		return -EINVAL;
	return answer->record < 0 || answer->record > record_count ? -EINVAL : 0;
}

/* Sets the answers to the next commands: one, or two with a comma between them; "2 -EBUSY" is about record 2. */
int set_script(struct guest_ops *ops, char *text)
{
	struct scripted_answer script[2] = { };
	int i, record = 0, err = ops->owner == SCRIPTED ? 0 : -EINVAL;

	if (text[0] >= '1' && text[0] <= '0' + record_count && text[1] == ' ') {
		record = text[0] - '0';
		text += 2;
	}
	for (i = 0; !err && text && i < ARRAY_SIZE(script); i++)
		err = parse_answer(strsep(&text, ","), &script[i]);
	if (!err)
		memcpy(ops->script[record], script, sizeof(script));
	return err;
}

bool has_lock(const struct guest_ops *ops)
{
	return ops->owner == TRYING || ops->owner == LOCKING;
}

/* Needs the owner's lock, which the owner's own call already holds. */
static noinline int answer_under_lock(struct guest_ops *ops)
{
	if (ops->lock_holder == current)
		return 0;
	if (ops->owner == LOCKING)
		mutex_lock(&ops->lock);
	else if (!mutex_trylock(&ops->lock))
		return -EAGAIN;
	mutex_unlock(&ops->lock);
	return 0;
}

static int return_value(struct guest_ops *ops, enum ftrace_ops_cmd command, int record)
{
	int returned = 0;

	if (ops->owner == REFUSING)
		returned = -EBUSY;
	else if (ops->owner == BPF && record)
		returned = bpf_return_value_of(&ops->functions[record], command);
	else if (ops->owner == BPF)
		returned = bpf_return_value(ops, command);
	else if (ops->owner == POSITIVE)
		returned = 1;
	else if (ops->owner == SCRIPTED)
		returned = scripted_return_value(ops, command, record);
	else if (has_lock(ops))
		returned = answer_under_lock(ops);
	/* A filter change takes ftrace_lock, which register holds while it sends SELF. */
	else if (ops->owner == MOVING && command == FTRACE_OPS_CMD_ENABLE_SHARE_IPMODIFY_PEER)
		move(ops);
	append_callback(current_callbacks(), ops, command, record, returned);
	return returned;
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(7, 0, 0)
static int ops_func(struct ftrace_ops *ftrace_ops, unsigned long ip, enum ftrace_ops_cmd command)
{
	return return_value(container_of(ftrace_ops, struct guest_ops, ftrace_ops), command,
			    record_at(ip));
}
#else
static int ops_func(struct ftrace_ops *ftrace_ops, enum ftrace_ops_cmd command)
{
	return return_value(container_of(ftrace_ops, struct guest_ops, ftrace_ops), command, 0);
}
#endif

void set_ops_func(struct guest_ops *ops)
{
	ops->ftrace_ops.ops_func = ops->owner == ABSENT ? NULL : ops_func;
}
