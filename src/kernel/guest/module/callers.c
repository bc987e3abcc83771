// SPDX-License-Identifier: MIT OR GPL-2.0
/*
 * Callers: threads of /init, of which at most one runs at a time, until it stands still.
 *
 * A thread becomes a caller when it comes to rest between its calls. Another thread lets it go on.
 */
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/string.h>
#include <linux/wait.h>
#include "callers.h"

/* By number; 0 stands for threads that are no callers. */
static struct caller callers[4];
static DECLARE_WAIT_QUEUE_HEAD(changed);

/* The caller that this thread is; NULL if it is none. */
struct caller *current_caller(void)
{
	int i;

	for (i = 1; i < ARRAY_SIZE(callers); i++)
		if (callers[i].task == current)
			return &callers[i];
	return NULL;
}

/* The callbacks so far in the call that this thread makes. */
struct line *current_callbacks(void)
{
	struct caller *caller = current_caller();

	return caller ? &caller->callbacks : &callers[0].callbacks;
}

/* The number of the caller that holds the lock; 0 if none does. The low bits of the owner are flags of the mutex. */
int holder_of(struct mutex *lock)
{
	struct task_struct *owner = (void *)(atomic_long_read(&lock->owner) & ~7UL);
	int i;

	for (i = 1; i < ARRAY_SIZE(callers); i++)
		if (owner && callers[i].task == owner)
			return i;
	return 0;
}

/* Returns when the caller, which is this thread, may go on. An idle wait is no hung task. */
void stand(struct caller *caller, enum caller_state state)
{
	caller->state = state;
	wake_up(&changed);
	wait_event_idle(changed, caller->state == RUNS);
}

static int rest(struct caller *caller)
{
	static bool planted;
	int err = planted ? 0 : plant_stops();

	if (err)
		return err;
	planted = true;
	caller->callbacks = (struct line){ };
	caller->task = current;
	stand(caller, RESTS);
	return 0;
}

static void append_place(const struct caller *caller, struct line *answer)
{
	char function[KSYM_NAME_LEN];

	if (caller->state == RESTS)
		return append(answer, "returned");
	/* A function of a module is followed by the module's name. */
	snprintf(function, sizeof(function), "%ps", (void *)caller->call_site);
	append(answer, "%s at %s in %.*s", caller->state == BLOCKED ? "blocked" : "stopped",
	       caller->lock_name, (int)strcspn(function, " "), function);
	if (caller->state == BLOCKED)
		append(answer, ", held by %d", holder_of(caller->lock));
	append(answer, "%s", caller->callbacks.text);
}

static void go_on(struct caller *caller, struct line *answer)
{
	wait_event_idle(changed, caller->state != RUNS);
	caller->state = RUNS;
	wake_up(&changed);
	wait_event_idle(changed, caller->state != RUNS);
	append_place(caller, answer);
}

/*
 * Executes "rest CALLER", which returns when that caller may go on; "go on CALLER", which returns when that caller
 * stands again; or "ftrace_lock". Returns false for any other command.
 */
bool dispatch_to_callers(const char *command, struct line *answer)
{
	int number;

	if (!strcmp(command, "ftrace_lock"))
		append(answer, is_ftrace_lock_held() ? "held" : "free");
	else if (sscanf(command, "rest %d", &number) == 1 && number > 0 && number < ARRAY_SIZE(callers))
		append_errno(answer, rest(&callers[number]));
	else if (sscanf(command, "go on %d", &number) == 1 && number > 0 &&
		 number < ARRAY_SIZE(callers))
		go_on(&callers[number], answer);
	else
		return false;
	return true;
}
