// SPDX-License-Identifier: MIT
/* Makes a call, then reports the state of the records. */
#include <string.h>
#include "calls.h"
#include "parts.h"

#define DECLARE(part) extern const struct init_call part##_call;
#define ADDRESS(part) &part##_call,

INIT_PARTS(DECLARE)

static const struct init_call *const calls[] = { INIT_PARTS(ADDRESS) };

void prepare(void)
{
	load_module();
}

static void append_records(struct text *outcome)
{
	struct record records[MAX_RECORDS];
	char *runs, *rest;
	int i;

	read_records(records);
	rest = module_command("run");
	for (i = 0; i < record_count; i++) {
		struct record *record = &records[i];

		runs = strsep(&rest, "\n");
		append(outcome, "; %d: (%ld) %s %s ran %s", i + 1, record->count, record->flags,
		       record->direct, runs ? runs : "?");
	}
}

/* The module makes every call that no part of /init makes. */
const char *make_call(const char *command)
{
	size_t i;

	for (i = 0; i < sizeof(calls) / sizeof(*calls); i++) {
		size_t length = strlen(calls[i]->verb);

		if (!strncmp(command, calls[i]->verb, length))
			return calls[i]->make(command + length);
	}
	if (!strncmp(command, "setup ", 6))
		remember_names(command);
	return module_command(command);
}

void make_step(const char *command, struct text *outcome)
{
	append_result(outcome, command);
	if (read_warnings())
		append(outcome, "; WARN");
	/* Both the probe and enabled_functions need ftrace_lock. */
	if (is_ftrace_lock_held())
		append(outcome, "; ftrace_lock is held");
	else if (strcmp(module_command("probe"), "0"))
		append(outcome, "; DEAD");
	else
		append_records(outcome);
	if (read_warnings())
		append(outcome, "; WARN while looking");
}
