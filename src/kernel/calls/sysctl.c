// SPDX-License-Identifier: MIT
/* The sysctl that stops all of ftrace's calls, /proc/sys/kernel/ftrace_enabled. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include "names.h"

/* Writes "0" or "1" to the sysctl; returns 0 or the errno, in the text form of the module. */
const char *switch_ftrace(const char *value)
{
	int file, err;

	if (strcmp(value, "0") && strcmp(value, "1"))
		return "?";
	file = opened("/proc/sys/kernel/ftrace_enabled", O_WRONLY);
	err = write(file, value, 1) < 0 ? errno : 0;
	close(file);
	return errno_name(err);
}
