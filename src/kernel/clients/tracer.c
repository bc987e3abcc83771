// SPDX-License-Identifier: MIT
/* The function tracer, as tracefs offers it. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include "administrator.h"

#define TRACING "/sys/kernel/tracing/"

static int put_into(const char *path, int flags, const char *text)
{
	int file = open(path, O_WRONLY | O_CLOEXEC | flags);
	ssize_t size = 0;
	int err;

	/* A dead ftrace lets nobody in. */
	if (file < 0)
		return errno;
	/* A filter takes one name at a time. */
	while (*text && (size = write(file, text, strlen(text))) >= 0)
		text += size;
	err = size < 0 ? errno : 0;
	/* It is put into force when its file is closed. */
	return close(file) && !err ? errno : err;
}

int start_tracer(void)
{
	int err = put_into(TRACING "set_ftrace_filter", O_TRUNC, FUNCTION_1 "\n" FUNCTION_2 "\n");

	return err ? err : put_into(TRACING "current_tracer", 0, "function");
}

int stop_tracer(void)
{
	int err = put_into(TRACING "current_tracer", 0, "nop");

	return err ? err : put_into(TRACING "set_ftrace_filter", O_TRUNC, "");
}

/* Adds what was traced since the last time: a line for each hit. No tracer is changed meanwhile. */
void count_tracer_hits(unsigned long *hits)
{
	static unsigned long lines;
	int file = opened(TRACING "trace_pipe", O_RDONLY | O_NONBLOCK);
	char text[4096];
	ssize_t size;

	while ((size = read(file, text, sizeof(text))) > 0)
		while (size--)
			lines += text[size] == '\n';
	close(file);
	hits[TRACER] = lines;
}
