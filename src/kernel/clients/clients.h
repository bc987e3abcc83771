/* SPDX-License-Identifier: MIT OR GPL-2.0 */
/* Declarations shared by the modules. */
#ifndef CLIENTS_H
#define CLIENTS_H

#include "device.h"
#include "names.h"

/* functions.c */
extern unsigned long function_1;
extern unsigned long sample_hits;

/* kprobes.c */
bool obey_kprobe(const char *verb, const char *name, int *err);
void say_kprobe_hits(struct line *line);

#endif
