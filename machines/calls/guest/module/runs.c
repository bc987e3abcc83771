// SPDX-License-Identifier: MIT OR GPL-2.0
/* Calls each target and reports the trampolines, ops and bodies that ran. */
#include <linux/string.h>
#include "recwalk.h"

static void append_hit(struct line *line, int *count, const char *name, const char *side,
		    unsigned long times)
{
	if (!times)
		return;
	append(line, "%s%s%s", (*count)++ ? "," : "", name, side);
	if (times > 1)
		append(line, "*%lu", times);
}

static int call_target(int record)
{
	int i;

	memset(trampoline_hits, 0, sizeof(trampoline_hits));
	for (i = 0; i < ops_count; i++)
		all_ops[i].calls = 0;
	called_target = (unsigned long)target_of(record);
	return target_of(record)();
}

void append_runs(struct line *line)
{
	int record, i;

	for (record = 1; record <= record_count; record++) {
		int body = call_target(record);
		int count = 0;

		for (i = 0; i < ops_count; i++) {
			struct guest_ops *ops = &all_ops[i];

			append_hit(line, &count, ops->name, ".a", trampoline_hits[i][0]);
			append_hit(line, &count, ops->name, ".b", trampoline_hits[i][1]);
			append_hit(line, &count, ops->name, "", ops->calls);
			append_hit(line, &count, ops->name, "", body == i + 1);
		}
		append(line, count ? "\n" : "-\n");
	}
}
