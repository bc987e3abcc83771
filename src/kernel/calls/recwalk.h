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
struct actor {
	struct ftrace_ops ops;
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
extern const target_fn targets[RECORDS];
extern const target_fn bodies[ACTORS];
target_fn target_of(int record);

/* trampolines.c */
extern unsigned long trampoline_hits[ACTORS][2];
unsigned long trampoline_of(const struct actor *actor);

/* actors.c */
extern struct actor actors[ACTORS];
extern int actor_count;
extern int record_count;
extern int records_skipped;
extern unsigned long called_target;
int declare(char *words);
struct actor *actor_named(const char *name);

/* calls.c */
int add_record(struct actor *actor, int record);
int remove_record(struct actor *actor, int record);
int attach(struct actor *actor);
int attach_plainly(struct actor *actor);
int detach(struct actor *actor);
int detach_plainly(struct actor *actor);
int detach_other(struct actor *actor);
int modify(struct actor *actor);

/* notrace.c */
int hide(struct actor *actor, int record);
int hide_none(struct actor *actor);

/* owners.c */
int give_owner(struct actor *actor);
void forget_callbacks(void);
void say_callbacks(struct line *line);

/* look.c */
void say_what_runs(struct line *line);

#endif
