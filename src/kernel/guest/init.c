// SPDX-License-Identifier: MIT
/*
 * /init of the guest: loads the module, then answers steps on the second serial port.
 *
 * The channel belongs to us alone (kernel messages go to ttyS0), so one line in gives exactly one
 * "ok"/"not ok" line out, preceded by "# WARNING: ..." lines if the kernel warned.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define CHANNEL "/dev/ttyS1"
#define RECORDS 8
#define ACTORS 16

static int channel, module_fd, kmsg, clear_once;

/* ---- small things ---- */

static void die(const char *what)
{
	printf("recwalk init: %s: %s\n", what, strerror(errno));
	fflush(stdout);
	for (;;)
		pause();
}

static void write_all(int fd, const char *text, size_t size)
{
	while (size) {
		ssize_t done = write(fd, text, size);

		if (done <= 0)
			return;
		text += done;
		size -= done;
	}
}

static void tell(const char *format, ...)
{
	static char line[16384];
	va_list args;
	int size;

	va_start(args, format);
	size = vsnprintf(line, sizeof(line) - 1, format, args);
	va_end(args);
	if (size > (int)sizeof(line) - 2)
		size = sizeof(line) - 2;
	line[size++] = '\n';
	write_all(channel, line, size);
}

/* A piece of text that only grows and never overflows. */
struct text {
	char at[8192];
	size_t length;
};

static void put(struct text *text, const char *format, ...)
{
	size_t room = sizeof(text->at) - text->length;
	va_list args;
	int size;

	va_start(args, format);
	size = vsnprintf(text->at + text->length, room, format, args);
	va_end(args);
	text->length += (size_t)size < room ? (size_t)size : room - 1;
}

/* ---- the module ---- */

static const char *ask(const char *command)
{
	static char answer[8192];
	ssize_t size;

	if (write(module_fd, command, strlen(command)) < 0)
		return "?";
	size = read(module_fd, answer, sizeof(answer) - 1);
	answer[size > 0 ? size : 0] = 0;
	return answer;
}

/* ---- names as declared by the last setup ---- */

static char names[ACTORS][32];
static int record_count;
static int records_skipped;

static void remember_names(const char *setup)
{
	int i = 0;

	record_count = 0;
	records_skipped = 0;
	sscanf(setup, "setup records=%d+%d", &record_count, &records_skipped);
	if (record_count > RECORDS)
		record_count = RECORDS;
	memset(names, 0, sizeof(names));
	for (setup = strchr(setup, '='); setup && (setup = strchr(setup, ' ')) && i < ACTORS; i++)
		sscanf(++setup, "%31[^: ]", names[i]);
}

/* ---- kernel warnings ---- */

/* Passes on each new WARNING as a KTAP diagnostic; says whether there was one. */
static bool hear_warnings(void)
{
	static char record[8192];
	bool heard = false;
	ssize_t size;

	while ((size = read(kmsg, record, sizeof(record) - 1)) > 0 || errno == EPIPE) {
		char *text, *end;

		if (size <= 0)
			continue;
		record[size] = 0;
		text = strchr(record, ';');
		if (!text || !strstr(text, "WARNING: "))
			continue;
		end = strchr(text, '\n');
		if (end)
			*end = 0;
		tell("# %s", text + 1);
		heard = true;
	}
	/* Spent WARN_ON_ONCEs would make the next step look cleaner than it is. */
	if (heard)
		write_all(clear_once, "1", 1);
	return heard;
}

/* ---- enabled_functions ---- */

struct record {
	long count;
	char letters[4];
	char direct[40];
};

static void read_direct(struct record *record, const char *symbol)
{
	int index;
	char side;

	if (sscanf(symbol, "recwalk_tramp_%d%c", &index, &side) == 2 && index < ACTORS)
		snprintf(record->direct, sizeof(record->direct), "%s.%c", names[index], side);
	else
		snprintf(record->direct, sizeof(record->direct), "%.30s", symbol);
}

static void read_letters(struct record *record, const char *text)
{
	/* The letters stand in columns up to the first tab; anything else there is not ours. */
	for (; *text && *text != '\t'; text++) {
		if (*text == 'R')
			record->letters[0] = 'R';
		else if (*text == 'I')
			record->letters[1] = 'I';
		else if (*text == 'D')
			record->letters[2] = 'D';
	}
}

/* Answers the record the line speaks of, so that a following "direct-->" line finds its place. */
static struct record *read_line(struct record *records, struct record *current, char *line)
{
	char *direct = strstr(line, "direct-->");
	char *count = strchr(line, '(');
	int number;

	if (direct) {
		if (current)
			read_direct(current, direct + strlen("direct-->"));
		return current;
	}
	if (!count || sscanf(line, "recwalk_target_%d", &number) != 1)
		return NULL;
	number -= records_skipped;
	if (number < 1 || number > record_count)
		return NULL;
	current = &records[number - 1];
	current->count = strtol(count + 1, &count, 10);
	read_letters(current, count);
	return current;
}

/*
 * Each read walks all records of the kernel from the start, so the read that would only say "end of
 * file" is spared: a page that is not even half full was the last. An ops on every function (an
 * empty filter) makes tens of thousands of lines, which are read piece by piece.
 */
static void read_records(struct record *records)
{
	static char text[1 << 16];
	struct record *current = NULL;
	size_t length = 0;
	ssize_t size;
	int i, fd = open("/sys/kernel/tracing/enabled_functions", O_RDONLY);

	for (i = 0; i < RECORDS; i++)
		records[i] = (struct record){ 0, "...", "-" };
	if (fd < 0)
		return;
	while ((size = read(fd, text + length, sizeof(text) - 1 - length)) > 0) {
		char *line = text, *end;

		length += size;
		text[length] = 0;
		for (; (end = strchr(line, '\n')); line = end + 1) {
			*end = 0;
			current = read_line(records, current, line);
		}
		length = text + length - line;
		memmove(text, line, length);
		if (size < 2048)
			break;
	}
	close(fd);
}

/* ---- one step ---- */

static void put_records(struct text *outcome)
{
	struct record records[RECORDS];
	char *runs, *rest;
	int i;

	read_records(records);
	rest = (char *)ask("call");
	for (i = 0; i < record_count; i++) {
		struct record *record = &records[i];

		runs = strsep(&rest, "\n");
		put(outcome, "; %d: (%ld) %s %s ran %s", i + 1, record->count, record->letters,
		    record->direct, runs ? runs : "?");
	}
}

static void perform(const char *command, struct text *outcome)
{
	if (!strncmp(command, "setup ", 6))
		remember_names(command);
	put(outcome, "%s", ask(command));
	if (hear_warnings())
		put(outcome, "; WARN");
	if (strcmp(ask("probe"), "0"))
		put(outcome, "; DEAD");
	else
		put_records(outcome);
	if (hear_warnings())
		put(outcome, "; WARN while looking");
}

static bool allowed(const char *outcome, char *list)
{
	char *one, *next;

	if (!list)
		return true;
	for (one = list; one; one = next) {
		next = strstr(one, " || ");
		if (next) {
			*next = 0;
			next += 4;
		}
		if (!strcmp(one, outcome))
			return true;
	}
	return false;
}

static void step(int number, char *command)
{
	struct text outcome = { .length = 0 };
	char *list = strstr(command, " => ");

	if (list) {
		*list = 0;
		list += 4;
	}
	perform(command, &outcome);
	tell("%sok %d - %s # %s", allowed(outcome.at, list) ? "" : "not ", number, command,
	     outcome.at);
}

/* ---- the conversation ---- */

static char *hear_line(void)
{
	static char buffer[65536], line[65536];
	static size_t have;
	char *end;

	while (!(end = memchr(buffer, '\n', have))) {
		ssize_t size;

		if (have == sizeof(buffer))
			have = 0;
		size = read(channel, buffer + have, sizeof(buffer) - have);
		if (size <= 0)
			exit(1);
		have += size;
	}
	memcpy(line, buffer, end - buffer);
	line[end - buffer] = 0;
	have -= end + 1 - buffer;
	memmove(buffer, end + 1, have);
	return line;
}

static void converse(void)
{
	int number = 0;

	/*
	 * The snapshot is taken here. Bytes that were on their way when an older life of the guest
	 * was thrown away may arrive first; "sync" is the word after which everything counts.
	 */
	for (;;) {
		char *line = hear_line();

		if (!strncmp(line, "sync ", 5)) {
			tell("%s", line);
			break;
		}
	}
	for (;;) {
		char *line = hear_line();

		if (!strncmp(line, "step ", 5)) {
			step(++number, line + 5);
		} else if (!strncmp(line, "plan ", 5)) {
			number = 0;
			tell("KTAP version 1\n1..%s", line + 5);
		} else {
			tell("Bail out! cannot read: %s", line);
		}
	}
}

/* ---- waking up ---- */

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

static int opened(const char *path, int flags)
{
	int fd = open(path, flags | O_NOCTTY | O_CLOEXEC);

	if (fd < 0)
		die(path);
	return fd;
}

static void open_console(void)
{
	int console = open("/dev/console", O_WRONLY | O_NOCTTY);

	if (console >= 0)
		dup2(console, 1);
}

static void open_channel(void)
{
	struct termios raw;

	channel = opened(CHANNEL, O_RDWR);
	tcgetattr(channel, &raw);
	cfmakeraw(&raw);
	cfsetspeed(&raw, B115200);
	raw.c_cflag |= CLOCAL | CREAD;
	tcsetattr(channel, TCSANOW, &raw);
}

static void load_module(void)
{
	int fd = opened("/recwalk.ko", O_RDONLY);

	if (syscall(SYS_finit_module, fd, "", 0))
		die("recwalk.ko");
	close(fd);
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

int main(void)
{
	struct utsname kernel;
	int status;
	pid_t child;

	mount_all();
	open_console();
	open_channel();
	load_module();
	module_fd = opened("/dev/recwalk", O_RDWR);
	kmsg = opened("/dev/kmsg", O_RDONLY | O_NONBLOCK);
	lseek(kmsg, 0, SEEK_END);
	clear_once = opened("/sys/kernel/debug/clear_warn_once", O_WRONLY);
	uname(&kernel);
	/* The calls are made by a child, so that an oops kills it and leaves us to tell of it. */
	child = fork();
	if (child == 0) {
		/* What the kernel still does after boot would be done again after every loadvm. */
		sleep(60);
		clear_free_memory();
		tell("ready %s %s", kernel.release, kernel.version);
		converse();
	}
	waitpid(child, &status, 0);
	tell("\nlost %d", WIFSIGNALED(status) ? WTERMSIG(status) : 0);
	for (;;)
		pause();
}
