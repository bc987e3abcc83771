/* SPDX-License-Identifier: MIT */
/* Declarations shared by the parts of /init, in every kind of guest. */
#ifndef INIT_H
#define INIT_H

#include <stdbool.h>
#include <stddef.h>

/* init.c */
void die(const char *what);
int opened(const char *path, int flags);

/* Each kind of guest has its own: setup before the first step. */
void prepare(void);

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

void read_records(struct record *records);

/* Each kind of guest has its own: how many records there are, and how the kernel names them. */
extern int record_count;
int record_of(const char *line);
void name_direct(struct record *record, const char *symbol);

/* errno.c */
const char *errno_name(int err);

/* text.c */
/* A text buffer that only grows and never overflows. */
struct text {
	char at[8192];
	size_t length;
};

void put(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Each kind of guest has its own: makes a call and puts its result and the state after it. */
void perform(const char *command, struct text *outcome);

/* step.c */
void step(int number, char *command);

/* conversation.c */
void converse(void);

#endif
