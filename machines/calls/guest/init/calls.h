/* SPDX-License-Identifier: MIT */
/* Declarations shared by the parts of /init that make calls. */
#ifndef CALLS_H
#define CALLS_H

#include "init.h"
#include "sizes.h"

/* A call that /init makes itself: how its command begins, and the function that makes it. */
struct init_call {
	const char *verb;
	/* Takes the rest of the command; returns the errno in the text form of the module. */
	const char *(*make)(const char *rest);
};

/* names.c */
void remember_names(const char *setup);

#endif
