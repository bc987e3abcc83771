// SPDX-License-Identifier: MIT
/* Reads the kernel's warnings from its log and passes them on. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include "init.h"

static int kmsg, clear_once;

/* Skips the warnings of the boot: no step caused them. */
void open_kernel_log(void)
{
	kmsg = open_or_die("/dev/kmsg", O_RDONLY | O_NONBLOCK);
	lseek(kmsg, 0, SEEK_END);
	clear_once = open_or_die("/sys/kernel/debug/clear_warn_once", O_WRONLY);
}

/* Passes on each new WARNING as a KTAP diagnostic; returns whether there was one. */
bool read_warnings(void)
{
	static char entry[8192];
	bool has_warned = false;
	ssize_t size;

	/* EPIPE: the log overwrote unread entries. The next read() continues with those that remain. */
	while ((size = read(kmsg, entry, sizeof(entry) - 1)) > 0 || errno == EPIPE) {
		char *text, *end;

		if (size <= 0)
			continue;
		entry[size] = 0;
		text = strchr(entry, ';');
		if (!text || !strstr(text, "WARNING: "))
			continue;
		end = strchr(text, '\n');
		if (end)
			*end = 0;
		send_line("# %s", text + 1);
		has_warned = true;
	}
	/* A WARN_ON_ONCE that has already fired would hide a warning of the next step. */
	if (has_warned)
		write(clear_once, "1", 1);
	return has_warned;
}
