// SPDX-License-Identifier: MIT
/* /init of the guest: makes the machine ready, then leaves the conversation to a child. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>
#include "init.h"

/* Says why on the console and stands still: if init ended, the kernel would panic over it. */
void die(const char *what)
{
	printf("recwalk init: %s: %s\n", what, strerror(errno));
	fflush(stdout);
	for (;;)
		pause();
}

/* A file that init cannot do without. */
int opened(const char *path, int flags)
{
	int fd = open(path, flags | O_NOCTTY | O_CLOEXEC);

	if (fd < 0)
		die(path);
	return fd;
}

static void mount_all(void)
{
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mkdir("/dev", 0755);
	if (mount("dev", "/dev", "devtmpfs", 0, NULL))
		die("devtmpfs");
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sys", "/sys", "sysfs", 0, NULL);
	mount("debug", "/sys/kernel/debug", "debugfs", 0, NULL);
	if (mount("trace", "/sys/kernel/tracing", "tracefs", 0, NULL))
		die("tracefs");
}

static void open_console(void)
{
	int console = open("/dev/console", O_WRONLY | O_NOCTTY);

	if (console >= 0)
		dup2(console, 1);
}

/*
 * Free memory is full of what the boot left behind, and loadvm would carry it back each time.
 * Anonymous pages are cleared when they are given out; nobody has to write to them.
 */
static void clear_free_memory(void)
{
	struct sysinfo memory;
	size_t size;
	void *at;

	sysinfo(&memory);
	size = memory.freeram / 4 * 3 * memory.mem_unit;
	at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (at != MAP_FAILED)
		munmap(at, size);
}

static void live(void)
{
	struct utsname kernel;

	/* What the kernel still does after boot would be done again after every loadvm. */
	sleep(60);
	clear_free_memory();
	uname(&kernel);
	tell("ready %s %s", kernel.release, kernel.version);
	converse();
}

int main(void)
{
	int status = 0;
	pid_t child;

	mount_all();
	open_console();
	open_channel();
	prepare();
	listen_for_warnings();
	/* The calls are made by a child, so that an oops kills it and leaves us to tell of it. */
	child = fork();
	if (child < 0)
		die("fork");
	if (child == 0)
		live();
	waitpid(child, &status, 0);
	/* The child may have been killed in the middle of a line. */
	tell("\nlost %d", WIFSIGNALED(status) ? WTERMSIG(status) : 0);
	for (;;)
		pause();
}
