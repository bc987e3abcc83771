// SPDX-License-Identifier: MIT
/* /init of the guest: sets up the machine, then lets a child handle the conversation. */
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

/* Prints the reason on the console and pauses forever: the kernel panics when /init exits. */
void die(const char *what)
{
	printf("recwalk init: %s: %s\n", what, strerror(errno));
	fflush(stdout);
	for (;;)
		pause();
}

/* Opens a file, or dies: /init cannot work without it. */
int open_or_die(const char *path, int flags)
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
 * Free memory is full of data from the boot, which every loadvm would restore. The kernel clears
 * anonymous pages when it allocates them, so this function need not write to them.
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

	/* Work that the kernel still does after boot would be repeated after every loadvm. */
	sleep(60);
	clear_free_memory();
	uname(&kernel);
	send_line("ready %s %s", kernel.release, kernel.version);
	serve();
}

int main(void)
{
	int status = 0;
	pid_t child;

	mount_all();
	open_console();
	open_channel();
	prepare();
	open_kernel_log();
	/* A child makes the calls, so that an oops kills only the child, and /init can report it. */
	child = fork();
	if (child < 0)
		die("fork");
	if (child == 0)
		live();
	waitpid(child, &status, 0);
	/* The child may have died in the middle of a line. */
	send_line("\nlost %d", WIFSIGNALED(status) ? WTERMSIG(status) : 0);
	for (;;)
		pause();
}
