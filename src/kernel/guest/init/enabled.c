// SPDX-License-Identifier: MIT
/* Reads the records from the kernel's enabled_functions. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "init.h"

static void read_flags(struct record *record, const char *text)
{
	/* The flags are in columns up to the first tab. Ignore all other characters there. */
	for (; *text && *text != '\t'; text++) {
		if (*text == 'R')
			record->flags[0] = 'R';
		else if (*text == 'I')
			record->flags[1] = 'I';
		else if (*text == 'D')
			record->flags[2] = 'D';
	}
}

static const char *after(const char *line, const char *mark)
{
	const char *at = strstr(line, mark);

	return at ? at + strlen(mark) : NULL;
}

/* The trampoline's name in a line of a direct record. From 7.0 on the kernel marks jumps. */
static const char *direct_in(const char *line, bool *jumps)
{
	const char *direct = after(line, "direct(jmp)-->");

	*jumps = direct != NULL;
	return direct ? direct : after(line, "direct-->");
}

/* Returns the record of the line, so that a following line of its trampoline can be assigned to it. */
static struct record *read_line(struct record *records, struct record *current, char *line)
{
	bool jumps;
	const char *direct = direct_in(line, &jumps);
	char *count = strchr(line, '(');
	int number;

	if (direct) {
		if (current) {
			name_direct(current, direct);
			current->jumps = jumps;
		}
		return current;
	}
	number = count ? record_of(line) : 0;
	if (number < 1 || number > record_count)
		return NULL;
	current = &records[number - 1];
	current->count = strtol(count + 1, &count, 10);
	read_flags(current, count);
	return current;
}

/*
 * Each read() walks all records of the kernel from the start, so skip the read() that would only
 * return end of file: a page that is less than half full was the last one. An ops on every function
 * (an empty filter) makes tens of thousands of lines, which are read piece by piece.
 */
void read_records(struct record *records)
{
	static char text[1 << 16];
	struct record *current = NULL;
	size_t length = 0;
	ssize_t size;
	int i, file = open("/sys/kernel/tracing/enabled_functions", O_RDONLY | O_CLOEXEC);

	for (i = 0; i < record_count; i++)
		records[i] = (struct record){ 0, "...", "-" };
	if (file < 0)
		return;
	while ((size = read(file, text + length, sizeof(text) - 1 - length)) > 0) {
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
	close(file);
}
