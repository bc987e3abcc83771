// SPDX-License-Identifier: MIT OR GPL-2.0
/* "add OPS RECORD" and "remove OPS RECORD": one record of a filter. */
#include "recwalk.h"

static int change_filter(struct guest_ops *ops, int record, bool remove)
{
	return ftrace_set_filter_ip(&ops->ftrace_ops, (unsigned long)target_of(record), remove, 0);
}

int add_record(struct guest_ops *ops, int record)
{
	return change_filter(ops, record, false);
}

int remove_record(struct guest_ops *ops, int record)
{
	return change_filter(ops, record, true);
}

const struct call filter_calls[] = {
	{ "add", .make_on_record = add_record },
	{ "remove", .make_on_record = remove_record },
	{ }
};
