// SPDX-License-Identifier: MIT
/* Maps the kernel's symbols to the names in the last setup. */
#include <stdio.h>
#include <string.h>
#include "calls.h"

int record_count;
static int records_skipped;
static char names[MAX_OPS][NAME_LEN];

/* Stores the number of records and the names of the ops that a setup command declares. */
void remember_names(const char *setup)
{
	int i = 0;

	record_count = 0;
	records_skipped = 0;
	sscanf(setup, "setup records=%d+%d", &record_count, &records_skipped);
	if (record_count > MAX_RECORDS)
		record_count = MAX_RECORDS;
	memset(names, 0, sizeof(names));
	for (setup = strchr(setup, '='); setup && (setup = strchr(setup, ' ')) && i < MAX_OPS; i++)
		sscanf(++setup, "%15[^: ]", names[i]);
}

int record_of(const char *line)
{
	int number;

	return sscanf(line, "recwalk_target_%d", &number) == 1 ? number - records_skipped : 0;
}

void name_direct(struct record *record, const char *symbol)
{
	int index;
	char side;

	if (sscanf(symbol, "recwalk_tramp_%d%c", &index, &side) == 2 && index < MAX_OPS)
		snprintf(record->direct, sizeof(record->direct), "%s.%c", names[index], side);
	else
		snprintf(record->direct, sizeof(record->direct), "%.30s", symbol);
}
