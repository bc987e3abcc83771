/* SPDX-License-Identifier: MIT OR GPL-2.0 */
/* Declarations shared by the parts of the module. */
#ifndef RECWALK_H
#define RECWALK_H

#include <linux/ftrace.h>
#include <linux/types.h>
#include <linux/version.h>
#include "device.h"
#include "sizes.h"

enum kind { TRACER, REGS, IPMODIFY, DIRECT };
enum owner { ABSENT, WILLING, REFUSING, BPF, POSITIVE, MOVING };

/* One declared ops with all its state. */
struct guest_ops {
	struct ftrace_ops ftrace_ops;
	char name[NAME_LEN];
	enum kind kind;
	enum owner owner;
	bool sharing;		/* state of a bpf owner */
	bool trampoline_b;	/* the current trampoline is b, not a */
	bool registered;	/* the module's own flag, used only to refuse a second setup */
	int index;		/* position in the setup line: selects its body and trampolines */
	unsigned int calls;	/* how often ops.func ran on the target being called */
};

/* targets.c */
typedef int (*target_fn)(void);
extern const target_fn targets[MAX_RECORDS];
extern const target_fn bodies[MAX_OPS];
target_fn target_of(int record);

/* trampolines.c */
extern unsigned long trampoline_hits[MAX_OPS][2];
unsigned long trampoline_of(const struct guest_ops *ops);

/* ops.c */
extern struct guest_ops all_ops[MAX_OPS];
extern int ops_count;
extern int record_count;
extern int records_skipped;
extern unsigned long called_target;
int setup_ops(char *words);
struct guest_ops *ops_named(const char *name);

/*
 * A call, which one of the two functions makes.
 *
 * Neither refuses or repairs anything. Misuse reaches ftrace unchanged, and the state that a failed
 * call leaves in an ops stays there, because that state is part of the observation.
 */
struct call {
	const char *verb, *word;
	int (*make)(struct guest_ops *ops);
	int (*make_on_record)(struct guest_ops *ops, int record);
};

/* filter_module.c */
int add_record(struct guest_ops *ops, int record);
int remove_record(struct guest_ops *ops, int record);

/* owners.c */
void set_ops_func(struct guest_ops *ops);
void clear_callbacks(void);
void append_callbacks(struct line *line);

/* runs.c */
void append_runs(struct line *line);

#endif
