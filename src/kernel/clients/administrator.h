/* SPDX-License-Identifier: MIT */
/* Declarations shared by the parts of /init that switch clients on and off. */
#ifndef ADMINISTRATOR_H
#define ADMINISTRATOR_H

#include "init.h"
#include "names.h"

#define RECORDS 2

/* Every client that a function call can hit, in the order of an outcome. */
enum client { FENTRY, FEXIT, P, P2, Q, Q2, O, R, TRACER, SAMPLE, CLIENTS };

/* Each of these functions that returns an int returns 0 or a positive errno, as in user space. */

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
