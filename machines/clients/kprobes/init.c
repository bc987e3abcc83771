// SPDX-License-Identifier: MIT
/* The kprobe events E and F: registers one through tracefs, enables, disables and removes it. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "client.h"

#define TRACING "/sys/kernel/tracing/"

static int write_to(const char *path, const char *text)
{
	int file = open_or_die(path, O_WRONLY | O_APPEND);
	int err = write(file, text, strlen(text)) < 0 ? errno : 0;

	close(file);
	return err;
}

static int register_e(void)
{
	return write_to(TRACING "kprobe_events", "p:E " FUNCTION_1 "\n");
}

static int enable_e(void)
{
	return write_to(TRACING "events/kprobes/E/enable", "1");
}

static int disable_e(void)
{
	return write_to(TRACING "events/kprobes/E/enable", "0");
}

static int remove_e(void)
{
	return write_to(TRACING "kprobe_events", "-:E\n");
}

/* With the name of its module, tracefs accepts a function that is not there yet. */
static int register_f(void)
{
	return write_to(TRACING "kprobe_events", "p:F " MODULE_3 ":" FUNCTION_3 "\n");
}

static int enable_f(void)
{
	return write_to(TRACING "events/kprobes/F/enable", "1");
}

static int disable_f(void)
{
	return write_to(TRACING "events/kprobes/F/enable", "0");
}

static int remove_f(void)
{
	return write_to(TRACING "kprobe_events", "-:F\n");
}

static void count_event_hits(struct hits *hits)
{
	FILE *profile = fopen(TRACING "kprobe_profile", "re");
	char line[128];
	unsigned long count[] = { 0, 0 };

	if (!profile)
		die("kprobe_profile");
	while (fgets(line, sizeof(line), profile)) {
		sscanf(line, " E %lu", &count[0]);
		sscanf(line, " F %lu", &count[1]);
	}
	fclose(profile);
	append_hits(hits, "E", count[0]);
	append_hits(hits, "F", count[1]);
}

static const struct action actions[] = {
	{ "register event E", register_e },
	{ "enable event E", enable_e },
	{ "disable event E", disable_e },
	{ "remove event E", remove_e },
	{ "register event F", register_f },
	{ "enable event F", enable_f },
	{ "disable event F", disable_f },
	{ "remove event F", remove_f },
	{ }
};

const struct client kprobes_client = { .actions = actions, .count_hits = count_event_hits };
