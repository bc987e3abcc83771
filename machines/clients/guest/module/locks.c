// SPDX-License-Identifier: MIT OR GPL-2.0
/* The locks of the clients at which callers stop. */
#include <linux/string.h>
#include "callers.h"

bool stops_at(const struct mutex *lock, char *name)
{
	static const char *const names[] = { "klp_mutex", "kprobe_mutex" };

	return match_string(names, ARRAY_SIZE(names), name) >= 0;
}
