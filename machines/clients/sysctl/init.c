// SPDX-License-Identifier: MIT
/* Writes the sysctl that stops all of ftrace's calls. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>
#include "client.h"

static int write_value(const char *value)
{
	int file = open_or_die("/proc/sys/kernel/ftrace_enabled", O_WRONLY);
	int err = write(file, value, 1) < 0 ? errno : 0;

	close(file);
	return err;
}

static int switch_off(void)
{
	return write_value("0");
}

static int switch_on(void)
{
	return write_value("1");
}

static const struct action actions[] = {
	{ "ftrace_enabled 0", switch_off },
	{ "ftrace_enabled 1", switch_on },
	{ }
};

const struct client sysctl_client = { .actions = actions };
