/* SPDX-License-Identifier: MIT */
/* What the parts of /init know of each other. */
#ifndef INIT_H
#define INIT_H

#include <stdbool.h>
#include "sizes.h"

/* init.c */
void die(const char *what);
int opened(const char *path, int flags);

/* channel.c */
void open_channel(void);
void tell(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *hear_line(void);

/* ask.c */
void load_module(void);
char *ask(const char *command);

/* warnings.c */
void listen_for_warnings(void);
bool hear_warnings(void);

/* enabled.c */
struct record {
	long count;
	char letters[4];
	char direct[40];
};

extern int record_count;
void remember_names(const char *setup);
void read_records(struct record *records);

/* sysctl.c */
const char *switch_ftrace(const char *value);

/* step.c */
void step(int number, char *command);

/* conversation.c */
void converse(void);

#endif
