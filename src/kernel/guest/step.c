// SPDX-License-Identifier: MIT
/* One step: a call, what the world looks like after it, and whether that was allowed. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "init.h"

/* A piece of text that only grows and never overflows. */
struct text {
	char at[8192];
	size_t length;
};

__attribute__((format(printf, 2, 3)))
static void put(struct text *text, const char *format, ...)
{
	size_t room = sizeof(text->at) - text->length;
	va_list args;
	int size;

	va_start(args, format);
	size = vsnprintf(text->at + text->length, room, format, args);
	va_end(args);
	text->length += (size_t)size < room ? (size_t)size : room - 1;
}

static void put_records(struct text *outcome)
{
	struct record records[RECORDS];
	char *runs, *rest;
	int i;

	read_records(records);
	rest = ask("call");
	for (i = 0; i < record_count; i++) {
		struct record *record = &records[i];

		runs = strsep(&rest, "\n");
		put(outcome, "; %d: (%ld) %s %s ran %s", i + 1, record->count, record->letters,
		    record->direct, runs ? runs : "?");
	}
}

/* The switch is thrown from here, as a user would; all other calls are the module's. */
static const char *call(const char *command)
{
	if (!strncmp(command, "ftrace_enabled ", 15))
		return switch_ftrace(command + 15);
	if (!strncmp(command, "setup ", 6))
		remember_names(command);
	return ask(command);
}

static void perform(const char *command, struct text *outcome)
{
	put(outcome, "%s", call(command));
	if (hear_warnings())
		put(outcome, "; WARN");
	if (strcmp(ask("probe"), "0"))
		put(outcome, "; DEAD");
	else
		put_records(outcome);
	if (hear_warnings())
		put(outcome, "; WARN while looking");
}

/* Without a list everything is allowed. */
static bool allowed(const char *outcome, char *list)
{
	char *one, *next;

	if (!list)
		return true;
	for (one = list; one; one = next) {
		next = strstr(one, " || ");
		if (next) {
			*next = 0;
			next += 4;
		}
		if (!strcmp(one, outcome))
			return true;
	}
	return false;
}

/* Performs "<command>[ => <outcome> || <outcome>...]" and tells what came of it. */
void step(int number, char *command)
{
	struct text outcome = { .length = 0 };
	char *list = strstr(command, " => ");

	if (list) {
		*list = 0;
		list += 4;
	}
	perform(command, &outcome);
	tell("%sok %d - %s # %s", allowed(outcome.at, list) ? "" : "not ", number, command,
	     outcome.at);
}
