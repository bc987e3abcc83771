// SPDX-License-Identifier: MIT OR GPL-2.0
/* The commands of the module. */
#include <linux/string.h>
#include "clients.h"

/*
 * Executes "probe", "hits", "register kprobe <name>" or "unregister kprobe <name>" and writes the
 * answer; "?" for any other command.
 */
void obey(char *command, struct line *answer)
{
	char *verb = strsep(&command, " ");
	int err;

	if (command && str_has_prefix(command, "kprobe ") &&
	    obey_kprobe(verb, command + strlen("kprobe "), &err)) {
		say_errno(answer, err);
	} else if (!strcmp(verb, "probe")) {
		say_errno(answer, probe_ftrace(function_1));
	} else if (!strcmp(verb, "hits")) {
		say_kprobe_hits(answer);
		say(answer, "sample %lu\n", sample_hits);
	} else {
		say(answer, "?");
	}
}
