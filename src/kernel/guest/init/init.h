/* SPDX-License-Identifier: MIT */
/* Declarations shared by the parts of /init, in every kind of guest. */
#ifndef INIT_H
#define INIT_H

#include <stdbool.h>
#include <stddef.h>

/* init.c */
void die(const char *what);
int open_or_die(const char *path, int flags);

/* Each kind of guest has its own: setup before the first step. */
void prepare(void);

/* channel.c */
void open_channel(void);
void send_line(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *receive_line(void);

/* module.c */
void load_module(void);
char *module_command(const char *command);

/* warnings.c */
void open_kernel_log(void);
bool read_warnings(void);

/* enabled.c */
struct record {
	long count;
	char flags[4];
	char direct[40];
	/* The function's entry jumps to the trampoline: "direct(jmp)". */
	bool jumps;
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

void append(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* threads.c */
void append_result(struct text *outcome, const char *command);
bool is_ftrace_lock_held(void);

/* Each kind of guest has its own: makes a call and returns its result. */
const char *make_call(const char *command);

/* Each kind of guest has its own: makes a step and appends its result and the state after it. */
void make_step(const char *command, struct text *outcome);

/* step.c */
void step(int number, char *command);

/* serve.c */
void serve(void);

#endif
