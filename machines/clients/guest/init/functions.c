// SPDX-License-Identifier: MIT
/* Reports the record of each function, and the clients that run when it is called. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "client.h"

#define FUNCTIONS (sizeof(functions) / sizeof(*functions))

static const struct {
	const char *name, *file;
} functions[] = {
	{ FUNCTION_1, FILE_1 }, { FUNCTION_2, FILE_2 }, { FUNCTION_3, FILE_3 }, { FUNCTION_4 }
};

int record_count = FUNCTIONS;

/* Whether the scope has function 4. */
static bool shows_syscall;

void show_syscall(bool shows)
{
	shows_syscall = shows;
}

/* Whether the outcome of each action includes a call of the functions. */
static bool calls_always = true;

void call_after_each_action(bool calls)
{
	calls_always = calls;
}

static bool names(const char *line, const char *name)
{
	size_t length = strlen(name);

	return !strncmp(line, name, length) && line[length] == ' ';
}

int record_of(const char *line)
{
	size_t i;

	for (i = 0; i < FUNCTIONS; i++)
		if (names(line, functions[i].name))
			return i + 1;
	/* The kernel prints one of the names at an address. */
	if (names(line, ALIAS_4) || names(line, "__ia32_sys_munlockall"))
		return 4;
	return 0;
}

void name_direct(struct record *record, const char *symbol)
{
	char name[16];

	if (!strncmp(symbol, "bpf_trampoline_", 15))
		strcpy(record->direct, "bpf");
	else if (sscanf(symbol, "recwalk_%15[a-z0-9]_tramp", name) == 1)
		strcpy(record->direct, name);
	else
		snprintf(record->direct, sizeof(record->direct), "%.30s", symbol);
}

/* Reading such a file once calls its function once. */
static const char *body_of(const char *path)
{
	static const char *const bodies[] = { "patched", "patched2", "replaced", "overridden" };
	size_t i;
	int file = open_or_die(path, O_RDONLY);
	char text[4096];
	ssize_t size = read(file, text, sizeof(text) - 1);

	close(file);
	text[size > 0 ? size : 0] = 0;
	if (!*text)
		return "none";
	text[strcspn(text, "\n")] = 0;
	for (i = 0; i < sizeof(bodies) / sizeof(*bodies); i++)
		if (!strcmp(text, bodies[i]))
			return bodies[i];
	return "original";
}

/* Makes the system call once. */
static const char *body_of_syscall(void)
{
	return syscall(SYS_munlockall) == PATCHED_RESULT ? "patched" : "original";
}

/* The order of hits may differ between two counts. */
static unsigned long count_of(const struct hits *hits, const char *name)
{
	int i = 0;

	while (strcmp(hits->of[i].name, name))
		i++;
	return hits->of[i].count;
}

static void append_runs(struct text *outcome, size_t function)
{
	struct hits before, after;
	int i;

	count_hits(&before);
	append(outcome, "%s",
	       functions[function].file ? body_of(functions[function].file) : body_of_syscall());
	count_hits(&after);
	for (i = 0; i < after.length; i++) {
		unsigned long times = after.of[i].count - count_of(&before, after.of[i].name);

		if (times)
			append(outcome, ",%s", after.of[i].name);
		if (times > 1)
			append(outcome, "*%lu", times);
	}
}

void append_functions(struct text *outcome, const char *command)
{
	bool calls = calls_always || !strcmp(command, "call");
	struct record records[FUNCTIONS];
	size_t i;

	read_records(records);
	for (i = 0; i < FUNCTIONS; i++) {
		/* The function of a module that is not loaded has no file. */
		if (functions[i].file ? access(functions[i].file, F_OK) : !shows_syscall)
			continue;
		append(outcome, "; %zu: (%ld) %s %s%s", i + 1, records[i].count,
		       records[i].flags, records[i].direct, records[i].jumps ? "(jmp)" : "");
		if (!calls)
			continue;
		append(outcome, " ran ");
		append_runs(outcome, i);
	}
}
