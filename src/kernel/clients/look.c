// SPDX-License-Identifier: MIT
/* Reports the record of each function, and the clients that run when it is called. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "administrator.h"

int record_count = RECORDS;

static const char *const names[CLIENTS] = {
	"fentry", "fexit", "P", "P2", "Q", "Q2", "O", "R", "tracer", "sample",
};

int record_of(const char *line)
{
	if (!strncmp(line, FUNCTION_1 " ", sizeof(FUNCTION_1)))
		return 1;
	return !strncmp(line, FUNCTION_2 " ", sizeof(FUNCTION_2)) ? 2 : 0;
}

void name_direct(struct record *record, const char *symbol)
{
	if (!strncmp(symbol, "bpf_trampoline_", 15))
		strcpy(record->direct, "bpf");
	else if (!strncmp(symbol, "recwalk_sample_tramp", 20))
		strcpy(record->direct, "sample");
	else
		snprintf(record->direct, sizeof(record->direct), "%.30s", symbol);
}

static void count_module_hits(unsigned long *hits)
{
	char *rest = ask("hits"), *line;
	char name[16];
	unsigned long count;
	int i;

	while ((line = strsep(&rest, "\n")))
		for (i = 0; sscanf(line, "%15s %lu", name, &count) == 2 && i < CLIENTS; i++)
			if (!strcmp(name, names[i]))
				hits[i] = count;
}

static void count_hits(unsigned long *hits)
{
	count_program_hits(hits);
	count_module_hits(hits);
	count_tracer_hits(hits);
}

/* Reading such a file once calls its function once. */
static const char *body_of(const char *path)
{
	int file = opened(path, O_RDONLY);
	char text[4096];
	ssize_t size = read(file, text, sizeof(text) - 1);

	close(file);
	text[size > 0 ? size : 0] = 0;
	if (!*text)
		return "none";
	if (!strcmp(text, "patched\n"))
		return "patched";
	return strcmp(text, "overridden\n") ? "original" : "overridden";
}

static void put_what_runs(struct text *outcome, const char *path)
{
	unsigned long before[CLIENTS], after[CLIENTS];
	int i;

	count_hits(before);
	put(outcome, "%s", body_of(path));
	count_hits(after);
	for (i = 0; i < CLIENTS; i++) {
		unsigned long times = after[i] - before[i];

		if (times)
			put(outcome, ",%s", names[i]);
		if (times > 1)
			put(outcome, "*%lu", times);
	}
}

void put_functions(struct text *outcome)
{
	static const char *const files[RECORDS] = { FILE_1, FILE_2 };
	struct record records[RECORDS];
	int i;

	read_records(records);
	for (i = 0; i < RECORDS; i++) {
		put(outcome, "; %d: (%ld) %s %s ran ", i + 1, records[i].count,
		    records[i].letters, records[i].direct);
		put_what_runs(outcome, files[i]);
	}
}
