// SPDX-License-Identifier: MIT
/* Enables and disables the livepatch, and waits for the end of its transition. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "client.h"

#define LIVEPATCH "/sys/kernel/livepatch/recwalk_livepatch/"

/* Number of functions that it patches. */
static int functions = 1;

/* Microseconds between two polls of work that the kernel does on its own. */
static const int POLL_INTERVAL = 100000;

static bool set_up(const char *key, int value)
{
	if (strcmp(key, "livepatch") || value < 1 || value > 2)
		return false;
	functions = value;
	return true;
}

static char in_transition(void)
{
	int file = open(LIVEPATCH "transition", O_RDONLY | O_CLOEXEC);
	char answer = 0;

	if (file >= 0) {
		read(file, &answer, 1);
		close(file);
	}
	return answer;
}

static int enable(void)
{
	char parameters[16];
	int err;

	snprintf(parameters, sizeof(parameters), "functions=%d", functions);
	err = insert_module("/recwalk_livepatch.ko", parameters);
	while (!err && in_transition() == '1')
		usleep(POLL_INTERVAL);
	return err;
}

static int write_enabled(const char *value)
{
	int file = open(LIVEPATCH "enabled", O_WRONLY | O_CLOEXEC);
	int err;

	if (file < 0)
		return errno;
	err = write(file, value, 1) < 0 ? errno : 0;
	close(file);
	return err;
}

static int disable(void)
{
	int err = write_enabled("0");

	if (err)
		return err;
	/* The kernel removes the folder once it has released the patch. */
	while (!access(LIVEPATCH, F_OK))
		usleep(POLL_INTERVAL);
	while ((err = remove_module("recwalk_livepatch")) == EAGAIN)
		usleep(POLL_INTERVAL);
	return err;
}

static const struct action actions[] = {
	{ "enable livepatch", enable },
	{ "disable livepatch", disable },
	{ }
};

const struct client livepatch_client = { .setup = set_up, .actions = actions };
