// SPDX-License-Identifier: MIT
/* Makes a step as an administrator would, then reports the state of the functions. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "client.h"
#include "parts.h"

#define DECLARE(part) extern const struct client part##_client;
#define ENTRY(part) { #part, &part##_client },
#define NAME(part) #part,

INIT_PARTS(DECLARE)

static const struct {
	const char *name;
	const struct client *client;
} clients[] = { INIT_PARTS(ENTRY) };

/* All clients, with those that have no part in /init. */
static const char *const names[] = { ALL_PARTS(NAME) };

#define LENGTH(array) (sizeof(array) / sizeof(*(array)))

/* Seconds until the kernel has finished deferred work of a call: RCU callbacks, workqueues. */
static const int SETTLED = 2;

void prepare(void)
{
	size_t i;

	load_module();
	for (i = 0; i < LENGTH(clients); i++)
		if (clients[i].client->prepare)
			clients[i].client->prepare();
}

static bool set_up_one(const char *key, int value)
{
	size_t i;

	for (i = 0; i < LENGTH(clients); i++)
		if (clients[i].client->setup && clients[i].client->setup(key, value))
			return true;
	return false;
}

/* Takes "key=value key=value...". */
static const char *set_up(const char *words)
{
	char key[16];
	int value, length;

	while (sscanf(words, " %15[a-z]=%d%n", key, &value, &length) == 2) {
		if (!set_up_one(key, value))
			return "?";
		words += length;
	}
	return *words ? "?" : "0";
}

const char *make_call(const char *command)
{
	size_t i;

	if (!strncmp(command, "setup ", 6))
		return set_up(command + 6);
	for (i = 0; i < LENGTH(clients); i++) {
		const struct action *action = clients[i].client->actions;

		for (; action && action->command; action++)
			if (!strcmp(command, action->command))
				return errno_name(action->make());
	}
	/* The module makes all other steps. */
	return module_command(command);
}

void append_hits(struct hits *hits, const char *name, unsigned long count)
{
	if (hits->length == LENGTH(hits->of))
		die("hits");
	snprintf(hits->of[hits->length].name, sizeof(hits->of->name), "%s", name);
	hits->of[hits->length++].count = count;
}

static void append_module_hits(struct hits *hits, const char *client)
{
	char command[32], name[16], *rest, *line;
	unsigned long count;

	snprintf(command, sizeof(command), "hits %s", client);
	rest = module_command(command);
	while ((line = strsep(&rest, "\n")))
		if (sscanf(line, "%15s %lu", name, &count) == 2)
			append_hits(hits, name, count);
}

/* Counts the hits of all clients, in the order of their names. */
void count_hits(struct hits *hits)
{
	size_t i, j;

	hits->length = 0;
	for (i = 0; i < LENGTH(names); i++) {
		for (j = 0; j < LENGTH(clients); j++)
			if (!strcmp(clients[j].name, names[i]) && clients[j].client->count_hits)
				clients[j].client->count_hits(hits);
		append_module_hits(hits, names[i]);
	}
}

static void append_notes(struct text *outcome)
{
	size_t i;

	for (i = 0; i < LENGTH(clients); i++)
		if (clients[i].client->append_notes)
			clients[i].client->append_notes(outcome);
}

static bool is_alive(void)
{
	return !strcmp(module_command("probe"), "0");
}

void make_step(const char *command, struct text *outcome)
{
	struct text functions = { .length = 0 };
	bool warned;

	append_result(outcome, command);
	sleep(SETTLED);
	if (read_warnings())
		append(outcome, "; WARN");
	/* Both the probe and enabled_functions need ftrace_lock. */
	if (is_ftrace_lock_held())
		return append(outcome, "; ftrace_lock is held");
	if (is_alive()) {
		append_notes(&functions);
		append_functions(&functions, command);
	}
	warned = read_warnings();
	if (!is_alive())
		append(outcome, "; DEAD");
	else
		append(outcome, "%s%s", functions.at, warned ? "; WARN while looking" : "");
}
