// SPDX-License-Identifier: MIT OR GPL-2.0
/* The locks inside an ops at which callers stop: of its filter, and of its owner. */
#include <linux/kernel.h>
#include "callers.h"
#include "recwalk.h"

bool stops_at(const struct mutex *lock, char *name)
{
	int i;

	for (i = 0; i < ops_count; i++) {
		struct guest_ops *ops = &all_ops[i];

		if (lock == &ops->ftrace_ops.local_hash.regex_lock)
			snprintf(name, LOCK_NAME, "%s.regex_lock", ops->name);
		else if (lock == &ops->lock)
			snprintf(name, LOCK_NAME, "%s.lock", ops->name);
		else
			continue;
		return true;
	}
	return false;
}
