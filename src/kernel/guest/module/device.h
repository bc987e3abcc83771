/* SPDX-License-Identifier: MIT OR GPL-2.0 */
/* Declarations shared by /dev/recwalk and the module behind it, in every kind of guest. */
#ifndef DEVICE_H
#define DEVICE_H

#include <linux/types.h>

/* A bounded text buffer, filled piece by piece. */
struct line {
	char text[4096];
	size_t length;
};

__printf(2, 3) void append(struct line *line, const char *format, ...);
void append_errno(struct line *line, int err);

/* callers.c */
struct line *current_callbacks(void);
bool dispatch_to_callers(const char *command, struct line *answer);

/* probe.c */
int probe_ftrace(unsigned long function);

/* Each kind of guest has its own: called at module load, returns 0 or the error that stops it. */
int prepare_module(void);

/* Each kind of guest has its own: executes a command and writes its answer. */
void dispatch(char *command, struct line *answer);

#endif
