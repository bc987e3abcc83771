// SPDX-License-Identifier: MIT
/*
 * "start CALLER CALL" and "step CALLER": calls of several callers, which stop at locks.
 *
 * Each caller is a thread, which the first start of that caller creates. The module stops it.
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include "init.h"

#define MAX_CALLERS 3

static struct caller {
	pthread_t thread;
	int number;
	bool is_in_call;
	char call[1024];
	char result[8192];
} callers[MAX_CALLERS + 1];

/* A thread that makes one call each time that the module lets it go on from its rest. */
static void *work(void *argument)
{
	struct caller *caller = argument;
	char rest[16];

	snprintf(rest, sizeof(rest), "rest %d", caller->number);
	while (!strcmp(module_command(rest), "0"))
		snprintf(caller->result, sizeof(caller->result), "%s", make_call(caller->call));
	die(rest);
	return NULL;
}

static bool create(struct caller *caller, int number)
{
	if (caller->number)
		return true;
	caller->number = number;
	return !pthread_create(&caller->thread, NULL, work, caller);
}

/* Lets the caller run until it stands, and appends where it stands or what its call returned. */
static void go_on(struct caller *caller, struct text *outcome)
{
	char command[16], *place;

	snprintf(command, sizeof(command), "go on %d", caller->number);
	place = module_command(command);
	caller->is_in_call = strcmp(place, "returned");
	append(outcome, "%s", caller->is_in_call ? place : caller->result);
}

/* The caller with this number that is in a call, or in none; NULL if there is no such caller. */
static struct caller *caller_with(int number, bool is_in_call)
{
	if (number < 1 || number > MAX_CALLERS || callers[number].is_in_call != is_in_call)
		return NULL;
	return &callers[number];
}

/* Makes a step of a caller; any other command is a call of this thread. */
void append_result(struct text *outcome, const char *command)
{
	struct caller *caller;
	int number, begin = 0;

	if (sscanf(command, "start %d %n", &number, &begin) == 1) {
		caller = caller_with(number, false);
		if (!caller || !create(caller, number))
			return append(outcome, "?");
		snprintf(caller->call, sizeof(caller->call), "%s", command + begin);
		go_on(caller, outcome);
	} else if (sscanf(command, "step %d", &number) == 1) {
		caller = caller_with(number, true);
		if (!caller)
			return append(outcome, "?");
		go_on(caller, outcome);
	} else {
		append(outcome, "%s", make_call(command));
	}
}

bool is_ftrace_lock_held(void)
{
	return !strcmp(module_command("ftrace_lock"), "held");
}
