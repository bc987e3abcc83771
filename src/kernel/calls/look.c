// SPDX-License-Identifier: MIT OR GPL-2.0
/* Calls each target and reports the trampolines, ops and bodies that ran. */
#include <linux/string.h>
#include "recwalk.h"

static void say_hit(struct line *line, int *said, const char *name, const char *side,
		    unsigned long times)
{
	if (!times)
		return;
	say(line, "%s%s%s", (*said)++ ? "," : "", name, side);
	if (times > 1)
		say(line, "*%lu", times);
}

static int call_target(int record)
{
	int i;

	memset(trampoline_hits, 0, sizeof(trampoline_hits));
	for (i = 0; i < actor_count; i++)
		actors[i].calls = 0;
	called_target = (unsigned long)target_of(record);
	return target_of(record)();
}

void say_what_runs(struct line *line)
{
	int record, i;

	for (record = 1; record <= record_count; record++) {
		int body = call_target(record);
		int said = 0;

		for (i = 0; i < actor_count; i++) {
			struct actor *actor = &actors[i];

			say_hit(line, &said, actor->name, ".a", trampoline_hits[i][0]);
			say_hit(line, &said, actor->name, ".b", trampoline_hits[i][1]);
			say_hit(line, &said, actor->name, "", actor->calls);
			say_hit(line, &said, actor->name, "", body == i + 1);
		}
		say(line, said ? "\n" : "-\n");
	}
}
