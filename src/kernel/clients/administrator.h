/* SPDX-License-Identifier: MIT */
/* What the parts of /init that switch clients on and off know of each other. */
#ifndef ADMINISTRATOR_H
#define ADMINISTRATOR_H

#include "init.h"
#include "names.h"

#define RECORDS 2

/* Everybody who can be hit when a function is called, in the order of an outcome. */
enum client { FENTRY, FEXIT, P, P2, Q, Q2, O, R, TRACER, SAMPLE, CLIENTS };

/* All of these that answer an int answer 0 or an errno of user space. */

/* programs.c */
void load_programs(void);
int attach_program(enum client client);
int detach_program(enum client client);
void count_program_hits(unsigned long *hits);

/* modules.c */
extern int livepatch_functions;
int enable_livepatch(void);
int disable_livepatch(void);
int load_sample(void);
int unload_sample(void);

/* tracer.c */
void find_traced_functions(void);
int start_tracer(void);
int stop_tracer(void);
void count_tracer_hits(unsigned long *hits);

/* look.c */
void put_functions(struct text *outcome);

#endif
