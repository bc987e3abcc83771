// SPDX-License-Identifier: MIT OR GPL-2.0
/*
 * Stops callers before they take a lock.
 *
 * One kprobe stands on mutex_lock(), behind the place where ftrace would patch it, so that it is a breakpoint and no
 * user of ftrace. No instruction of the function has run there, and its arguments and its return address are as the
 * caller left them. The kprobe sends a caller of ours to lock_after_stop() in place of mutex_lock(). All other threads,
 * and all other locks, go on in mutex_lock().
 */
#include <linux/kprobes.h>
#include <linux/string.h>
#include "callers.h"

/* Known from the first time that a caller is about to take it. Before, no caller can hold it. */
static struct mutex *ftrace_lock;

bool is_ftrace_lock_held(void)
{
	return ftrace_lock && mutex_is_locked(ftrace_lock);
}

/*
 * Takes the lock when it is free. A blocked caller does not wait in the queue of the lock: the host decides which of
 * several callers takes it next. Another thread of the kernel gives the lock back by itself.
 */
static void lock_after_stop(struct mutex *lock)
{
	struct caller *caller = current_caller();

	caller->lock = lock;
	caller->call_site = (unsigned long)__builtin_return_address(0) - 1;
	stand(caller, STOPPED);
	while (!mutex_trylock(lock)) {
		if (holder_of(lock))
			stand(caller, BLOCKED);
		else
			schedule_timeout_idle(1);
	}
}

static bool is_stop(struct mutex *lock, char *name)
{
	snprintf(name, LOCK_NAME, "%ps", lock);
	if (!strcmp(name, "ftrace_lock"))
		ftrace_lock = lock;
	return lock == ftrace_lock || !strcmp(name, "direct_mutex") || stops_at(lock, name);
}

static int divert(struct kprobe *probe, struct pt_regs *regs)
{
	struct caller *caller = current_caller();

	if (!caller || !is_stop((struct mutex *)regs->di, caller->lock_name))
		return 0;
	regs->ip = (unsigned long)lock_after_stop;
	return 1;
}

/* A kprobe with a post_handler is never optimized to a jump, which would ignore the changed ip. */
static void never_optimized(struct kprobe *probe, struct pt_regs *regs, unsigned long flags)
{
}

/* The entry is 5 bytes for ftrace, or 4 bytes of endbr64 before them. The kernel refuses the middle of an instruction. */
int plant_stops(void)
{
	static struct kprobe probe = { .pre_handler = divert, .post_handler = never_optimized };
	int err;

	probe.addr = (kprobe_opcode_t *)mutex_lock + 5;
	err = register_kprobe(&probe);
	if (err != -EILSEQ)
		return err;
	probe.addr = (kprobe_opcode_t *)mutex_lock + 4 + 5;
	return register_kprobe(&probe);
}
