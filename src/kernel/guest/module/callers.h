/* SPDX-License-Identifier: MIT OR GPL-2.0 */
/* Declarations shared by the parts of the module that let several callers take turns. */
#ifndef CALLERS_H
#define CALLERS_H

#include <linux/mutex.h>
#include <linux/sched.h>
#include "device.h"

#define LOCK_NAME 40

/* `STOPPED`: at a lock that it has not tried yet. `BLOCKED`: at a lock that another caller holds. */
enum caller_state { RUNS, RESTS, STOPPED, BLOCKED };

/* A thread of /init that makes calls, and the lock at which it stands. */
struct caller {
	struct task_struct *task;
	enum caller_state state;
	struct mutex *lock;
	char lock_name[LOCK_NAME];
	unsigned long call_site;
	struct line callbacks;
};

/* callers.c */
struct caller *current_caller(void);
int holder_of(struct mutex *lock);
void stand(struct caller *caller, enum caller_state state);

/* stops.c */
int plant_stops(void);
bool is_ftrace_lock_held(void);

/*
 * Each kind of guest has its own: whether callers stop at this lock, besides the locks of ftrace itself. `name`, of
 * LOCK_NAME bytes, holds the symbol of the lock; the function gives another name to a lock inside an object.
 */
bool stops_at(const struct mutex *lock, char *name);

#endif
