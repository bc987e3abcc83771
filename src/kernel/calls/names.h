/* SPDX-License-Identifier: MIT */
/* Declarations shared by the parts of /init that only make calls. */
#ifndef NAMES_H
#define NAMES_H

#include "init.h"
#include "sizes.h"

/* names.c */
void remember_names(const char *setup);

/* sysctl.c */
const char *switch_ftrace(const char *value);

#endif
