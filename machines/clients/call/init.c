// SPDX-License-Identifier: MIT
/* Whether each action ends with a call of the functions, or only the action "call". */
#include <string.h>
#include "client.h"

static bool set_up(const char *key, int value)
{
	if (strcmp(key, "call"))
		return false;
	call_after_each_action(!value);
	return true;
}

/* The outcome of every action looks at the functions; that of this one calls them. */
static int call(void)
{
	return 0;
}

static const struct action actions[] = { { "call", call }, { } };

const struct client call_client = { .setup = set_up, .actions = actions };
