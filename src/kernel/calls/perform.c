// SPDX-License-Identifier: MIT
/* A call made by the module, and how its records look afterwards. */
#include <string.h>
#include "names.h"

void prepare(void)
{
	load_module();
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

void perform(const char *command, struct text *outcome)
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
