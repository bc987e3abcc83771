// SPDX-License-Identifier: MIT OR GPL-2.0
/* Maps each command to its call and writes the answer. */
#include <linux/kernel.h>
#include <linux/string.h>
#include "parts.h"
#include "recwalk.h"

#define DECLARE(part) extern const struct call part##_calls[];
#define ADDRESS(part) part##_calls,

MODULE_PARTS(DECLARE)

static const struct call *const parts[] = { MODULE_PARTS(ADDRESS) };

static bool has_word(const struct call *call, const char *word)
{
	return !strcmp(word, call->word ? call->word : "");
}

/* Makes the call of "<verb> <ops>", "<verb> <ops> <word>", "<verb> <ops> <record>" or "<verb> <ops> <text>". */
static bool make_call(const char *verb, struct guest_ops *ops, char *word, int *err)
{
	const struct call *call;
	int record = 0, i;

	if (kstrtoint(word, 10, &record) || record < 1 || record > record_count)
		record = 0;
	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		for (call = parts[i]; call->verb; call++) {
			if (strcmp(verb, call->verb))
				continue;
			if (call->make && has_word(call, word))
				*err = call->make(ops);
			else if (call->make_on_record && record)
				*err = call->make_on_record(ops, record);
			else if (call->make_of_text)
				*err = call->make_of_text(ops, word);
			else
				continue;
			return true;
		}
	}
	return false;
}

static bool make_call_on_named(const char *verb, char *rest, int *err)
{
	struct guest_ops *ops = ops_named(strsep(&rest, " "));
	char none[] = "";

	return ops && make_call(verb, ops, rest ? rest : none, err);
}

static bool report(const char *verb, struct line *answer)
{
	if (!strcmp(verb, "probe"))
		append_errno(answer, probe_ftrace((unsigned long)targets[0]));
	else if (!strcmp(verb, "run"))
		append_runs(answer);
	else
		return false;
	return true;
}

/* Executes a command and writes its answer; "?" if it cannot parse the command. */
void dispatch(char *command, struct line *answer)
{
	char *rest = command + str_has_prefix(command, "plain ");
	int err;

	/* This truncates the command to its verb, which includes a leading "plain ". */
	strsep(&rest, " ");
	if (!rest) {
		if (!report(command, answer))
			append(answer, "?");
		return;
	}
	clear_callbacks();
	if (!strcmp(command, "setup"))
		err = setup_ops(rest);
	else if (!make_call_on_named(command, rest, &err))
		return append(answer, "?");
	append_errno(answer, err);
	append_callbacks(answer);
}
