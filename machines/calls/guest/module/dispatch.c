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

/* Parses "<record>,<record>..." or "none", with " <word>" behind it if the call has a word. */
static bool is_set(const char *text, const struct call *call, struct set *set)
{
	size_t length = strcspn(text, " ");
	char copy[64], *rest = copy, *number;

	if (length >= sizeof(copy) || !has_word(call, text[length] ? text + length + 1 : ""))
		return false;
	strscpy(copy, text, length + 1);
	set->count = 0;
	if (!strcmp(copy, "none"))
		return true;
	while ((number = strsep(&rest, ","))) {
		int record;

		if (kstrtoint(number, 10, &record) || record < 1 || record > record_count ||
		    set->count == MAX_RECORDS)
			return false;
		set->records[set->count++] = record;
	}
	return true;
}

/* What follows "<verb> <ops>" in a command: a record, a set, a text or a word, as the call takes it. */
struct arguments {
	int record;
	struct set set;
	char *text;
};

/* Returns whether the call takes what follows the ops. */
static bool takes(const struct call *call, char *rest, struct arguments *arguments)
{
	if (call->make)
		return has_word(call, rest);
	if (call->make_on_record)
		return !kstrtoint(rest, 10, &arguments->record) && arguments->record >= 1 &&
		       arguments->record <= record_count;
	if (call->make_on_set)
		return is_set(rest, call, &arguments->set);
	arguments->text = rest;
	return true;
}

static int make(const struct call *call, struct guest_ops *ops, const struct arguments *arguments)
{
	if (call->make)
		return call->make(ops);
	if (call->make_on_record)
		return call->make_on_record(ops, arguments->record);
	if (call->make_on_set)
		return call->make_on_set(ops, &arguments->set);
	return call->make_of_text(ops, arguments->text);
}

static noinline int make_by_owner(const struct call *call, struct guest_ops *ops,
				  const struct arguments *arguments)
{
	int err;

	mutex_lock(&ops->lock);
	ops->lock_holder = current;
	err = make(call, ops, arguments);
	ops->lock_holder = NULL;
	mutex_unlock(&ops->lock);
	return err;
}

static bool make_call(const char *verb, struct guest_ops *ops, char *rest, int *err)
{
	struct arguments arguments;
	const struct call *call;
	int i;

	for (i = 0; i < ARRAY_SIZE(parts); i++) {
		for (call = parts[i]; call->verb; call++) {
			if (strcmp(verb, call->verb) || !takes(call, rest, &arguments))
				continue;
			*err = call->by_owner && has_lock(ops) ?
				       make_by_owner(call, ops, &arguments) :
				       make(call, ops, &arguments);
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
	char *rest = command + str_has_prefix(command, "plain ") + str_has_prefix(command, "direct ");
	struct line *callbacks;
	int err;

	/* This truncates the command to its verb, which includes a leading "plain " or "direct ". */
	strsep(&rest, " ");
	if (!rest) {
		if (!report(command, answer))
			append(answer, "?");
		return;
	}
	callbacks = current_callbacks();
	*callbacks = (struct line){ };
	if (!strcmp(command, "setup"))
		err = setup_ops(rest);
	else if (!make_call_on_named(command, rest, &err))
		return append(answer, "?");
	append_errno(answer, err);
	append(answer, "%s", callbacks->text);
}
