// SPDX-License-Identifier: MIT
/* Makes a change as an administrator would, then reports the state of the two functions. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "administrator.h"

/* Seconds until the kernel has finished deferred work of a call: RCU callbacks, workqueues. */
static const int SETTLED = 2;

void prepare(void)
{
	load_module();
	load_programs();
	find_traced_functions();
}

static int attach_fentry(void)
{
	return attach_program(FENTRY);
}

static int detach_fentry(void)
{
	return detach_program(FENTRY);
}

static int attach_fexit(void)
{
	return attach_program(FEXIT);
}

static int detach_fexit(void)
{
	return detach_program(FEXIT);
}

static const struct {
	const char *command;
	int (*make)(void);
} calls[] = {
	{ "attach fentry", attach_fentry },
	{ "detach fentry", detach_fentry },
	{ "attach fexit", attach_fexit },
	{ "detach fexit", detach_fexit },
	{ "enable livepatch", enable_livepatch },
	{ "disable livepatch", disable_livepatch },
	{ "start tracer", start_tracer },
	{ "stop tracer", stop_tracer },
	{ "load sample", load_sample },
	{ "unload sample", unload_sample },
};

static const char *call(const char *command)
{
	size_t i;

	if (sscanf(command, "setup livepatch=%d", &livepatch_functions) == 1)
		return livepatch_functions == 1 || livepatch_functions == 2 ? "0" : "?";
	for (i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (!strcmp(command, calls[i].command))
			return errno_name(calls[i].make());
	/* The module handles the kprobes. */
	return ask(command);
}

static bool alive(void)
{
	return !strcmp(ask("probe"), "0");
}

void perform(const char *command, struct text *outcome)
{
	struct text seen = { .length = 0 };
	bool warned;

	put(outcome, "%s", call(command));
	sleep(SETTLED);
	if (hear_warnings())
		put(outcome, "; WARN");
	if (alive())
		put_functions(&seen);
	warned = hear_warnings();
	if (!alive())
		put(outcome, "; DEAD");
	else
		put(outcome, "%s%s", seen.at, warned ? "; WARN while looking" : "");
}
