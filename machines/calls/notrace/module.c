// SPDX-License-Identifier: MIT OR GPL-2.0
/* "notrace OPS RECORD" and "notrace OPS none". The kernel takes notrace entries by name only. */
#include <linux/kernel.h>
#include <linux/string.h>
#include "recwalk.h"

static int add_notrace(struct guest_ops *ops, int record)
{
	/* ftrace modifies the name while it parses it, so pass a private copy. */
	char name[32];

	snprintf(name, sizeof(name), "recwalk_target_%d", records_skipped + record);
	return ftrace_set_notrace(&ops->ftrace_ops, name, strlen(name), 0);
}

static int clear_notrace(struct guest_ops *ops)
{
	return ftrace_set_notrace(&ops->ftrace_ops, NULL, 0, 1);
}

const struct call notrace_calls[] = {
	{ "notrace", .make_on_record = add_notrace },
	{ "notrace", "none", .make = clear_notrace },
	{ }
};
