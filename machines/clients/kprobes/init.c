// SPDX-License-Identifier: MIT
/* The kprobe event E: registers it through tracefs, enables, disables and removes it. */
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

static int register_event(void)
{
	return write_to(TRACING "kprobe_events", "p:E " FUNCTION_1 "\n");
}

static int enable_event(void)
{
	return write_to(TRACING "events/kprobes/E/enable", "1");
}

static int disable_event(void)
{
	return write_to(TRACING "events/kprobes/E/enable", "0");
}

static int remove_event(void)
{
	return write_to(TRACING "kprobe_events", "-:E\n");
}

static void count_event_hits(struct hits *hits)
{
	FILE *profile = fopen(TRACING "kprobe_profile", "re");
	char line[128];
	unsigned long count = 0;

	if (!profile)
		die("kprobe_profile");
	while (fgets(line, sizeof(line), profile))
		sscanf(line, " E %lu", &count);
	fclose(profile);
	append_hits(hits, "E", count);
}

static const struct action actions[] = {
	{ "register event E", register_event },
	{ "enable event E", enable_event },
	{ "disable event E", disable_event },
	{ "remove event E", remove_event },
	{ }
};

const struct client kprobes_client = { .actions = actions, .count_hits = count_event_hits };
