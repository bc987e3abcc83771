/* SPDX-License-Identifier: MIT OR GPL-2.0 */
/* What /dev/recwalk and the module behind it know of each other, whatever kind of guest it is. */
#ifndef DEVICE_H
#define DEVICE_H

#include <linux/types.h>

/* A bounded line of text that is built piece by piece. */
struct line {
	char text[4096];
	size_t length;
};

__printf(2, 3) void say(struct line *line, const char *format, ...);
void say_errno(struct line *line, int err);

/* probe.c */
int probe_ftrace(unsigned long function);

/* Each kind of guest has its own: called when the module is loaded, answers 0 or why it cannot be. */
int make_ready(void);

/* Each kind of guest has its own: carries a command out. */
void obey(char *command, struct line *answer);

#endif
