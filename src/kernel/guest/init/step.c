// SPDX-License-Identifier: MIT
/* One step: a call, its outcome, and whether the outcome is allowed. */
#include <string.h>
#include "init.h"

/* Without a list, every outcome is allowed. */
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

/* Performs "<command>[ => <outcome> || <outcome>...]" and reports the outcome as a KTAP line. */
void step(int number, char *command)
{
	struct text outcome = { .length = 0 };
	char *list = strstr(command, " => ");

	if (list) {
		*list = 0;
		list += 4;
	}
	make_step(command, &outcome);
	send_line("%sok %d - %s # %s", allowed(outcome.at, list) ? "" : "not ", number, command,
	     outcome.at);
}
