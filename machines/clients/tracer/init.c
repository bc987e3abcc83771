// SPDX-License-Identifier: MIT
/* Starts and stops tracers through tracefs. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "client.h"

#define TRACING "/sys/kernel/tracing/"
#define INSTANCE TRACING "instances/recwalk/"
#define INSTANCE_3 TRACING "instances/recwalk3/"

/*
 * The text of a filter: positions in the list of all functions, counted from 1. For a name the
 * kernel would decompress every name it has, which takes as long as five steps.
 */
static char both[32], first[16];

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
		if (!strcmp(line, FUNCTION_1 "\n"))
			snprintf(first, sizeof(first), "%d\n", place);
		if (!strcmp(line, FUNCTION_1 "\n") || !strcmp(line, FUNCTION_2 "\n"))
			length += snprintf(both + length, sizeof(both) - length, "%d\n", place);
	}
	fclose(list);
	if (mkdir(INSTANCE, 0755) || mkdir(INSTANCE_3, 0755))
		die(INSTANCE);
}

static int write_to(const char *folder, const char *name, int flags, const char *text)
{
	char path[128];
	int file, err;
	ssize_t size = 0;

	snprintf(path, sizeof(path), "%s%s", folder, name);
	file = open(path, O_WRONLY | O_CLOEXEC | flags);
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

static int start(const char *folder, const char *filter, const char *tracer)
{
	int err = write_to(folder, "set_ftrace_filter", O_TRUNC, filter);

	return err ? err : write_to(folder, "current_tracer", 0, tracer);
}

static int stop(const char *folder)
{
	int err = write_to(folder, "current_tracer", 0, "nop");

	return err ? err : write_to(folder, "set_ftrace_filter", O_TRUNC, "");
}

static int start_tracer(void)
{
	return start(TRACING, both, "function");
}

static int start_graph(void)
{
	return start(TRACING, both, "function_graph");
}

static int start_instance(void)
{
	return start(INSTANCE, first, "function");
}

/* The third instance has no filter, and leaves out all functions that are there at boot. */
static int start_tracer3(void)
{
	static bool leaves_out;
	int err = leaves_out ? 0 : write_to(INSTANCE_3, "set_ftrace_notrace", 0, "*:mod:!" MODULE_3 "\n");

	leaves_out = !err;
	return err ? err : write_to(INSTANCE_3, "current_tracer", 0, "function");
}

static int stop_top(void)
{
	return stop(TRACING);
}

static int stop_instance(void)
{
	return stop(INSTANCE);
}

static int stop_tracer3(void)
{
	return write_to(INSTANCE_3, "current_tracer", 0, "nop");
}

/* Counts a text, whose first character is nowhere else in it. */
struct counter {
	const char *text;
	unsigned int matched;
	unsigned long count;
};

static void count_in(struct counter *counter, char c)
{
	if (c != counter->text[counter->matched])
		counter->matched = 0;
	if (c != counter->text[counter->matched])
		return;
	if (!counter->text[++counter->matched]) {
		counter->matched = 0;
		counter->count++;
	}
}

static void read_pipe(const char *path, struct counter *counters, int length)
{
	int file = open_or_die(path, O_RDONLY | O_NONBLOCK), j;
	char text[4096];
	ssize_t size, i;

	while ((size = read(file, text, sizeof(text))) > 0)
		for (i = 0; i < size; i++)
			for (j = 0; j < length; j++)
				count_in(&counters[j], text[i]);
	close(file);
}

/* Adds the hits since the last count. Events of others may have lines, too. */
static void count_tracer_hits(struct hits *hits)
{
	static struct counter top[] = { { "<-" }, { "_show()" } }, second = { "<-" },
			      third = { "<-" };

	read_pipe(TRACING "trace_pipe", top, 2);
	read_pipe(INSTANCE "trace_pipe", &second, 1);
	read_pipe(INSTANCE_3 "trace_pipe", &third, 1);
	append_hits(hits, "tracer", top[0].count);
	append_hits(hits, "graph", top[1].count);
	append_hits(hits, "instance", second.count);
	append_hits(hits, "tracer3", third.count);
}

static const struct action actions[] = {
	{ "start tracer", start_tracer },
	{ "stop tracer", stop_top },
	{ "start graph", start_graph },
	{ "stop graph", stop_top },
	{ "start tracer3", start_tracer3 },
	{ "stop tracer3", stop_tracer3 },
	{ "start instance", start_instance },
	{ "stop instance", stop_instance },
	{ }
};

const struct client tracer_client = {
	.prepare = find_traced_functions,
	.actions = actions,
	.count_hits = count_tracer_hits,
};
