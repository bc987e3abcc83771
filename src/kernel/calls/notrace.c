// SPDX-License-Identifier: MIT OR GPL-2.0
/* The filter of functions that an ops is not to hear; the kernel only takes it by name. */
#include <linux/kernel.h>
#include <linux/string.h>
#include "recwalk.h"

int hide(struct actor *actor, int record)
{
	/* ftrace cuts the name up while it reads it, so it gets one of its own. */
	char name[32];

	snprintf(name, sizeof(name), "recwalk_target_%d", records_skipped + record);
	return ftrace_set_notrace(&actor->ops, name, strlen(name), 0);
}

int hide_none(struct actor *actor)
{
	return ftrace_set_notrace(&actor->ops, NULL, 0, 1);
}
