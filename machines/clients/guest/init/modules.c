// SPDX-License-Identifier: MIT
/* Loads and removes kernel modules, for the clients that are modules. */
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "client.h"

/* Returns 0 or a positive errno. */
int insert_module(const char *path, const char *parameters)
{
	int file = open_or_die(path, O_RDONLY);
	int err = syscall(SYS_finit_module, file, parameters, 0) ? errno : 0;

	close(file);
	return err;
}

/* Returns 0 or a positive errno: EAGAIN or EBUSY while the module is in use. */
int remove_module(const char *name)
{
	return syscall(SYS_delete_module, name, O_NONBLOCK) ? errno : 0;
}
