// SPDX-License-Identifier: MIT OR GPL-2.0
/* The notrace filter of an ops. The kernel takes its entries by name only. */
#include <linux/kernel.h>
#include <linux/string.h>
#include "recwalk.h"

int hide(struct actor *actor, int record)
{
	/* ftrace modifies the name while it parses it, so pass a private copy. */
	char name[32];

	snprintf(name, sizeof(name), "recwalk_target_%d", records_skipped + record);
	return ftrace_set_notrace(&actor->ops, name, strlen(name), 0);
}

int hide_none(struct actor *actor)
{
	return ftrace_set_notrace(&actor->ops, NULL, 0, 1);
}
