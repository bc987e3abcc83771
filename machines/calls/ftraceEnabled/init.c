// SPDX-License-Identifier: MIT
/* "ftrace_enabled 0" and "ftrace_enabled 1": the sysctl that stops all of ftrace's calls. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include "calls.h"

static const char *write_ftrace_enabled(const char *value)
{
	int file, err;

	if (strcmp(value, "0") && strcmp(value, "1"))
		return "?";
	file = open_or_die("/proc/sys/kernel/ftrace_enabled", O_WRONLY);
	err = write(file, value, 1) < 0 ? errno : 0;
	close(file);
	return errno_name(err);
}

const struct init_call ftraceEnabled_call = { "ftrace_enabled ", write_ftrace_enabled };
