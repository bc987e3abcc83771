// SPDX-License-Identifier: MIT
/* Enables and disables livepatches, and waits for the end of their transitions, unless a task holds that up. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "client.h"

/* A livepatch by the name in its actions; its module is recwalk_NAME. */
static const char *const names[] = { "livepatch", "livepatch2", "livepatch3", "livepatch4", "replacement" };

/* Number of functions that the first one patches. */
static int functions = 1;

/* Microseconds between two polls of work that the kernel does on its own. */
static const int POLL_INTERVAL = 100000;

/* Seconds in which the kernel tries at least twice to complete a transition. */
static const int TRIES = 4;

/* Seconds until the kernel releases the module of a livepatch whose folder it has removed. */
static const int RELEASED = 1;

/* Whether the scope has a task that sleeps. */
static bool has_sleeper;

/* The task that sleeps, or 0, and the livepatch in whose body it sleeps. */
static pid_t sleeper;
static const char *sleeps_in;

static bool set_up(const char *key, int value)
{
	if (!strcmp(key, "transition")) {
		has_sleeper = value;
		return true;
	}
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

/* The first character of a file of a livepatch; 0 if there is none. */
static char value_of(const char *name, const char *value)
{
	int file = open(path_of(name, value), O_RDONLY | O_CLOEXEC);
	char answer = 0;

	if (file >= 0) {
		read(file, &answer, 1);
		close(file);
	}
	return answer;
}

static bool in_transition(const char *name)
{
	return value_of(name, "/transition") == '1';
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

/* The livepatch whose body the sleeper is in; NULL if it is in none. */
static const char *body_on_stack(void)
{
	char path[32], stack[4096], module[32];
	size_t i;
	ssize_t size;
	int file;

	snprintf(path, sizeof(path), "/proc/%d/stack", sleeper);
	file = open_or_die(path, O_RDONLY);
	size = read(file, stack, sizeof(stack) - 1);
	close(file);
	stack[size > 0 ? size : 0] = 0;
	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(module, sizeof(module), "[recwalk_%s]", names[i]);
		if (strstr(stack, module))
			return names[i];
	}
	return NULL;
}

/* TAINT_DIE */
static bool has_oopsed(void)
{
	int file = open_or_die("/proc/sys/kernel/tainted", O_RDONLY);
	char text[32] = "";

	read(file, text, sizeof(text) - 1);
	close(file);
	return strtoul(text, NULL, 10) & 1 << 7;
}

/* Ends the sleeper. If the kernel oopses in it, this process ends too, as if it had made the call. */
static void wake(void)
{
	kill(sleeper, SIGKILL);
	waitpid(sleeper, NULL, 0);
	sleeper = 0;
	if (has_oopsed())
		raise(SIGKILL);
}

/* Unloads a livepatch that the kernel has released, and wakes the task that sleeps in its body. */
static void unload_released(const char *name)
{
	char module[32];
	int i, err;

	snprintf(module, sizeof(module), "recwalk_%s", name);
	for (i = 0; (err = remove_module(module)) == EAGAIN && i < RELEASED * 10; i++)
		usleep(POLL_INTERVAL);
	if (!err && sleeper && !strcmp(name, sleeps_in))
		wake();
}

/* Whether the livepatch is disabled, and a worker of the kernel is about to release it. */
static bool is_released_soon(const char *name)
{
	return value_of(name, "/enabled") == '0' && !in_transition(name);
}

/* Waits for the end of transitions, or until it is clear that the sleeper holds one up. */
static void settle(void)
{
	size_t i;
	int polls;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		for (polls = 0; in_transition(names[i]) && (!sleeper || polls < TRIES * 10); polls++)
			usleep(POLL_INTERVAL);
	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		while (is_released_soon(names[i]))
			usleep(POLL_INTERVAL);
	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (is_loaded(names[i]) && access(path_of(names[i], ""), F_OK))
			unload_released(names[i]);
}

static void append_notes(struct text *outcome)
{
	size_t i;

	for (i = 0; has_sleeper && i < sizeof(names) / sizeof(*names); i++) {
		if (in_transition(names[i]))
			append(outcome, "; %s: %s", names[i],
			       value_of(names[i], "/enabled") == '1' ? "patching" : "unpatching");
		else if (is_loaded(names[i]) && access(path_of(names[i], ""), F_OK))
			append(outcome, "; %s: stays", names[i]);
	}
	if (sleeper)
		append(outcome, "; sleeper: in %s", sleeps_in);
}

static int enable(const char *name)
{
	char module[32], parameters[16];
	int err;

	snprintf(module, sizeof(module), "/recwalk_%s.ko", name);
	snprintf(parameters, sizeof(parameters), "functions=%d",
		 strcmp(name, "livepatch") ? 1 : functions);
	err = insert_module(module, parameters);
	if (has_sleeper)
		settle();
	while (!err && !has_sleeper && in_transition(name))
		usleep(POLL_INTERVAL);
	return err;
}

static int write_to(const char *name, const char *file_name, const char *text)
{
	int file = open(path_of(name, file_name), O_WRONLY | O_CLOEXEC);
	int err;

	if (file < 0)
		return errno;
	err = write(file, text, 1) < 0 ? errno : 0;
	close(file);
	return err;
}

static int disable(const char *name)
{
	int err = write_to(name, "/enabled", "0");

	if (has_sleeper)
		settle();
	return err || has_sleeper ? err : unload(name);
}

static int enable_again(const char *name)
{
	int err = write_to(name, "/enabled", "1");

	settle();
	return err;
}

static int force(const char *name)
{
	int err = write_to(name, "/force", "1");

	settle();
	return err;
}

static int go_to_sleep(void)
{
	sleeper = fork();
	if (sleeper < 0)
		return errno;
	if (!sleeper) {
		char text[16];

		/* Links of BPF programs would stay open as long as it sleeps. */
		syscall(SYS_close_range, 3, ~0U, 0);
		prctl(PR_SET_NAME, SLEEPER);
		read(open(FILE_1, O_RDONLY), text, sizeof(text));
		_exit(0);
	}
	while (!(sleeps_in = body_on_stack())) {
		if (waitpid(sleeper, NULL, WNOHANG) == sleeper) {
			sleeper = 0;
			break;
		}
		usleep(POLL_INTERVAL);
	}
	return 0;
}

static int wake_up(void)
{
	wake();
	settle();
	return 0;
}

/* The kernel disables the livepatches that the replacement replaces. */
static int replace(const char *name)
{
	size_t i;
	int err = enable(name);

	for (i = 0; !err && !has_sleeper && strcmp(names[i], name); i++)
		if (is_loaded(names[i]))
			err = unload(names[i]);
	return err;
}

#define DEFINE(name, enable)				\
static int enable_##name(void)				\
{							\
	return enable(#name);				\
}							\
							\
static int disable_##name(void)				\
{							\
	return disable(#name);				\
}							\
							\
static int enable_##name##_again(void)			\
{							\
	return enable_again(#name);			\
}							\
							\
static int force_##name(void)				\
{							\
	return force(#name);				\
}

DEFINE(livepatch, enable)
DEFINE(livepatch2, enable)
DEFINE(livepatch3, enable)
DEFINE(livepatch4, enable)
DEFINE(replacement, replace)

#define ACTIONS_ON(name)				\
	{ "enable " #name, enable_##name },		\
	{ "disable " #name, disable_##name },		\
	{ "re-enable " #name, enable_##name##_again },	\
	{ "force " #name, force_##name }

static const struct action actions[] = {
	ACTIONS_ON(livepatch),
	ACTIONS_ON(livepatch2),
	ACTIONS_ON(livepatch3),
	ACTIONS_ON(livepatch4),
	ACTIONS_ON(replacement),
	{ "sleep in 1", go_to_sleep },
	{ "wake", wake_up },
	{ }
};

const struct client livepatch_client = {
	.setup = set_up, .actions = actions, .append_notes = append_notes
};
