// SPDX-License-Identifier: MIT OR GPL-2.0
/* The commands of the module. */
#include <linux/string.h>
#include "module.h"
#include "parts.h"

#define DECLARE(part) extern const struct client part##_client;
#define ENTRY(part) { #part, &part##_client },

MODULE_PARTS(DECLARE)

static const struct {
	const char *name;
	const struct client *client;
} clients[] = { MODULE_PARTS(ENTRY) };

static bool dispatch_to_client(const char *verb, const char *rest, int *err)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(clients); i++)
		if (clients[i].client->dispatch && clients[i].client->dispatch(verb, rest, err))
			return true;
	return false;
}

/* Appends the hits of a client; nothing if the client has no part in the module. */
static void append_hits(struct line *answer, const char *name)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(clients); i++)
		if (!strcmp(clients[i].name, name) && clients[i].client->append_hits)
			clients[i].client->append_hits(answer);
}

/* Executes "probe", "hits <client>" or a client's command, and writes the answer; "?" for any other command. */
void dispatch(char *command, struct line *answer)
{
	char *verb = strsep(&command, " ");
	int err;

	if (!strcmp(verb, "probe"))
		append_errno(answer, probe_ftrace(function_1));
	else if (command && !strcmp(verb, "hits"))
		append_hits(answer, command);
	else if (command && dispatch_to_client(verb, command, &err))
		append_errno(answer, err);
	else
		append(answer, "?");
}
