// SPDX-License-Identifier: MIT
/* Enables and disables livepatches, and waits for the end of their transitions. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "client.h"

/* A livepatch by the name in its actions; its module is recwalk_NAME. */
static const char *const names[] = { "livepatch", "livepatch2", "livepatch3", "livepatch4", "replacement" };

/* Number of functions that the first one patches. */
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

static const char *path_of(const char *name, const char *file)
{
	static char path[64];

	snprintf(path, sizeof(path), "/sys/kernel/livepatch/recwalk_%s%s", name, file);
	return path;
}

static bool is_loaded(const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "/sys/module/recwalk_%s", name);
	return !access(path, F_OK);
}

static char in_transition(const char *name)
{
	int file = open(path_of(name, "/transition"), O_RDONLY | O_CLOEXEC);
	char answer = 0;

	if (file >= 0) {
		read(file, &answer, 1);
		close(file);
	}
	return answer;
}

/* The kernel removes the folder of a livepatch once it has released it. */
static int unload(const char *name)
{
	char module[32];
	int err;

	while (!access(path_of(name, ""), F_OK))
		usleep(POLL_INTERVAL);
	snprintf(module, sizeof(module), "recwalk_%s", name);
	while ((err = remove_module(module)) == EAGAIN)
		usleep(POLL_INTERVAL);
	return err;
}

static int enable(const char *name)
{
	char module[32], parameters[16];
	int err;

	snprintf(module, sizeof(module), "/recwalk_%s.ko", name);
	snprintf(parameters, sizeof(parameters), "functions=%d",
		 strcmp(name, "livepatch") ? 1 : functions);
	err = insert_module(module, parameters);
	while (!err && in_transition(name) == '1')
		usleep(POLL_INTERVAL);
	return err;
}

static int disable(const char *name)
{
	int file = open(path_of(name, "/enabled"), O_WRONLY | O_CLOEXEC);
	int err;

	if (file < 0)
		return errno;
	err = write(file, "0", 1) < 0 ? errno : 0;
	close(file);
	return err ? err : unload(name);
}

static int enable_livepatch(void)
{
	return enable("livepatch");
}

static int disable_livepatch(void)
{
	return disable("livepatch");
}

static int enable_livepatch2(void)
{
	return enable("livepatch2");
}

static int disable_livepatch2(void)
{
	return disable("livepatch2");
}

static int enable_livepatch3(void)
{
	return enable("livepatch3");
}

static int disable_livepatch3(void)
{
	return disable("livepatch3");
}

static int enable_livepatch4(void)
{
	return enable("livepatch4");
}

static int disable_livepatch4(void)
{
	return disable("livepatch4");
}

static int enable_replacement(void)
{
	size_t i;
	int err = enable("replacement");

	for (i = 0; !err && strcmp(names[i], "replacement"); i++)
		if (is_loaded(names[i]))
			err = unload(names[i]);
	return err;
}

static int disable_replacement(void)
{
	return disable("replacement");
}

static const struct action actions[] = {
	{ "enable livepatch", enable_livepatch },
	{ "disable livepatch", disable_livepatch },
	{ "enable livepatch2", enable_livepatch2 },
	{ "disable livepatch2", disable_livepatch2 },
	{ "enable livepatch3", enable_livepatch3 },
	{ "disable livepatch3", disable_livepatch3 },
	{ "enable livepatch4", enable_livepatch4 },
	{ "disable livepatch4", disable_livepatch4 },
	{ "enable replacement", enable_replacement },
	{ "disable replacement", disable_replacement },
	{ }
};

const struct client livepatch_client = { .setup = set_up, .actions = actions };
