// SPDX-License-Identifier: MIT OR GPL-2.0
/* Maps each command to its call and writes the answer. */
#include <linux/kernel.h>
#include <linux/string.h>
#include "recwalk.h"

/* Calls of "<verb> <ops>" and "<verb> <ops> <word>". */
static const struct {
	const char *verb, *word;
	int (*make)(struct actor *actor);
} calls[] = {
	{ "register", "", attach },
	{ "unregister", "", detach },
	{ "unregister", "other", detach_other },
	{ "plain register", "", attach_plainly },
	{ "plain unregister", "", detach_plainly },
	{ "modify", "", modify },
	{ "notrace", "none", hide_none },
};

/* Calls of "<verb> <ops> <record>". */
static const struct {
	const char *verb;
	int (*make)(struct actor *actor, int record);
} record_calls[] = {
	{ "add", add_record },
	{ "remove", remove_record },
	{ "notrace", hide },
};

static bool call_on_ops(const char *verb, struct actor *actor, const char *word, int *err)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(calls); i++) {
		if (strcmp(verb, calls[i].verb) || strcmp(word, calls[i].word))
			continue;
		*err = calls[i].make(actor);
		return true;
	}
	return false;
}

static bool call_on_record(const char *verb, struct actor *actor, const char *word, int *err)
{
	int record, i;

	if (kstrtoint(word, 10, &record) || record < 1 || record > record_count)
		return false;
	for (i = 0; i < ARRAY_SIZE(record_calls); i++) {
		if (strcmp(verb, record_calls[i].verb))
			continue;
		*err = record_calls[i].make(actor, record);
		return true;
	}
	return false;
}

static bool call(const char *verb, char *rest, int *err)
{
	struct actor *actor = actor_named(strsep(&rest, " "));
	const char *word = rest ? rest : "";

	return actor && (call_on_ops(verb, actor, word, err) ||
			 call_on_record(verb, actor, word, err));
}

static bool look(const char *verb, struct line *answer)
{
	if (!strcmp(verb, "probe"))
		say_errno(answer, probe_ftrace((unsigned long)targets[0]));
	else if (!strcmp(verb, "call"))
		say_what_runs(answer);
	else
		return false;
	return true;
}

/* Executes a command and writes its answer; "?" if it cannot parse the command. */
void obey(char *command, struct line *answer)
{
	char *rest = command + str_has_prefix(command, "plain ");
	int err;

	/* This truncates the command to its verb, which includes a leading "plain ". */
	strsep(&rest, " ");
	if (!rest) {
		if (!look(command, answer))
			say(answer, "?");
		return;
	}
	forget_callbacks();
	if (!strcmp(command, "setup"))
		err = declare(rest);
	else if (!call(command, rest, &err))
		return say(answer, "?");
	say_errno(answer, err);
	say_callbacks(answer);
}
