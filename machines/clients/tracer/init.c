// SPDX-License-Identifier: MIT
/* Starts and stops the function tracer through tracefs. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "client.h"

#define TRACING "/sys/kernel/tracing/"

/*
 * The text of the filter: positions in the list of all functions, counted from 1. For a name the
 * kernel would decompress every name it has, which takes as long as five steps.
 */
static char filter[32];

static void find_traced_functions(void)
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

static int write_to(const char *path, int flags, const char *text)
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

static int start_tracer(void)
{
	int err = write_to(TRACING "set_ftrace_filter", O_TRUNC, filter);

	return err ? err : write_to(TRACING "current_tracer", 0, "function");
}

static int stop_tracer(void)
{
	int err = write_to(TRACING "current_tracer", 0, "nop");

	return err ? err : write_to(TRACING "set_ftrace_filter", O_TRUNC, "");
}

/* Adds the hits since the last count: each has a line with "<-". Events of others may have lines, too. */
static void count_tracer_hits(struct hits *hits)
{
	static unsigned long arrows;
	int file = open_or_die(TRACING "trace_pipe", O_RDONLY | O_NONBLOCK);
	char text[4096], last = 0;
	ssize_t size, i;

	while ((size = read(file, text, sizeof(text))) > 0)
		for (i = 0; i < size; last = text[i++])
			arrows += last == '<' && text[i] == '-';
	close(file);
	append_hits(hits, "tracer", arrows);
}

static const struct action actions[] = {
	{ "start tracer", start_tracer },
	{ "stop tracer", stop_tracer },
	{ }
};

const struct client tracer_client = {
	.prepare = find_traced_functions,
	.actions = actions,
	.count_hits = count_tracer_hits,
};
