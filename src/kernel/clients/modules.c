// SPDX-License-Identifier: MIT
/* The clients that are modules: a livepatch, and a sample of a direct trampoline. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "administrator.h"

#define LIVEPATCH "/sys/kernel/livepatch/recwalk_livepatch/"

int livepatch_functions = 1;

/* Microseconds between two polls of work that the kernel does on its own. */
static const int AWHILE = 100000;

static int insert(const char *path, const char *parameters)
{
	int file = opened(path, O_RDONLY);
	int err = syscall(SYS_finit_module, file, parameters, 0) ? errno : 0;

	close(file);
	return err;
}

static int removed(const char *name)
{
	return syscall(SYS_delete_module, name, O_NONBLOCK) ? errno : 0;
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

int enable_livepatch(void)
{
	char parameters[16];
	int err;

	snprintf(parameters, sizeof(parameters), "functions=%d", livepatch_functions);
	err = insert("/recwalk_livepatch.ko", parameters);
	while (!err && in_transition() == '1')
		usleep(AWHILE);
	return err;
}

static int switch_off(void)
{
	int file = open(LIVEPATCH "enabled", O_WRONLY | O_CLOEXEC);
	int err;

	if (file < 0)
		return errno;
	err = write(file, "0", 1) < 0 ? errno : 0;
	close(file);
	return err;
}

int disable_livepatch(void)
{
	int err = switch_off();

	if (err)
		return err;
	/* The kernel removes the folder once it has released the patch. */
	while (!access(LIVEPATCH, F_OK))
		usleep(AWHILE);
	while ((err = removed("recwalk_livepatch")) == EAGAIN)
		usleep(AWHILE);
	return err;
}

int load_sample(void)
{
	return insert("/recwalk_sample.ko", "");
}

int unload_sample(void)
{
	return removed("recwalk_sample");
}
