// SPDX-License-Identifier: MIT
/* Makes a call through the module, then reports the state of the records. */
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

/* /init writes ftrace_enabled itself, as a user would. The module makes all other calls. */
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
