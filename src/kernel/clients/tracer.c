// SPDX-License-Identifier: MIT
/* Starts and stops the function tracer through tracefs. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "administrator.h"

#define TRACING "/sys/kernel/tracing/"

/*
 * The text of the filter: positions in the list of all functions, counted from 1. For a name the
 * kernel would decompress every name it has, which takes as long as five steps.
 */
static char filter[32];

void find_traced_functions(void)
{
	FILE *list = fopen(TRACING "available_filter_functions", "re");
	char line[512];
	size_t length = 0;
	int place = 0;

	if (!list)
		die("available_filter_functions");
	while (fgets(line, sizeof(line), list)) {
		place++;
		if (!strcmp(line, FUNCTION_1 "\n") || !strcmp(line, FUNCTION_2 "\n"))
			length += snprintf(filter + length, sizeof(filter) - length, "%d\n", place);
	}
	fclose(list);
}

static int put_into(const char *path, int flags, const char *text)
{
	int file = open(path, O_WRONLY | O_CLOEXEC | flags);
	ssize_t size = 0;
	int err;

	/* If ftrace is dead, open() fails. */
	if (file < 0)
		return errno;
	/* A filter takes one line per write(). */
	while (*text && (size = write(file, text, strlen(text))) >= 0)
		text += size;
	err = size < 0 ? errno : 0;
	/* The filter takes effect when its file is closed. */
	return close(file) && !err ? errno : err;
}

int start_tracer(void)
{
	int err = put_into(TRACING "set_ftrace_filter", O_TRUNC, filter);

	return err ? err : put_into(TRACING "current_tracer", 0, "function");
}

int stop_tracer(void)
{
	int err = put_into(TRACING "current_tracer", 0, "nop");

	return err ? err : put_into(TRACING "set_ftrace_filter", O_TRUNC, "");
}

/* Adds the hits since the last count: one line each. No tracer changes between two counts. */
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
