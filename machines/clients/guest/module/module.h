/* SPDX-License-Identifier: MIT OR GPL-2.0 */
/* Declarations shared by the modules. */
#ifndef MODULE_H
#define MODULE_H

#include "device.h"
#include "functions.h"

/* A client in the module. Members that it does not need are NULL. */
struct client {
	/* Executes "<verb> <rest>" and stores its errno; returns false for a command of another client. */
	bool (*dispatch)(const char *verb, const char *rest, int *err);
	/* Appends a line "<name> <hits>" for each of its probes. */
	void (*append_hits)(struct line *answer);
};

/* functionAddress.c */
extern unsigned long function_1, function_2;

#endif
