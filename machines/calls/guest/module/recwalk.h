/* SPDX-License-Identifier: MIT OR GPL-2.0 */
/* Declarations shared by the parts of the module. */
#ifndef RECWALK_H
#define RECWALK_H

#include <linux/ftrace.h>
#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/version.h>
#include "device.h"
#include "sizes.h"

enum kind { TRACER, REGS, IPMODIFY, DIRECT };
enum owner { ABSENT, WILLING, REFUSING, BPF, POSITIVE, MOVING, SCRIPTED, TRYING, LOCKING };

/* One answer of a scripted owner. It first makes its own call, if it has one. */
enum own_call { NO_CALL, OWN_ADD, OWN_REMOVE, OWN_MODIFY };
struct scripted_answer {
	int returned;
	enum own_call call;
	int record;
};

/* From 7.0 on: one function of the ops that all BPF trampolines share. */
struct guest_function {
	bool share, orig_stack;	/* state of its bpf owner: BPF_TRAMP_F_{SHARE_IPMODIFY,ORIG_STACK} */
	bool trampoline_b;	/* its current trampoline is b, not a */
	int times;		/* how often it is in the filter */
};

/* A set of functions, as "1,2" names it. The kernel does not look whether one is there twice. */
struct set {
	int records[MAX_RECORDS];
	int count;
};

/* One declared ops with all its state. */
struct guest_ops {
	struct ftrace_ops ftrace_ops;
	char name[NAME_LEN];
	enum kind kind;
	enum owner owner;
	bool sharing;		/* state of a bpf owner before 7.0 */
	struct mutex lock;	/* of a trying or locking owner */
	struct task_struct *lock_holder;	/* the owner's caller that holds it over a call */
	/* The next answers of a scripted owner: by record from 7.0 on, else at 0. */
	struct scripted_answer script[MAX_RECORDS + 1][2];
	bool trampoline_b;	/* the current trampoline is b, not a */
	bool registered;	/* the module's own flag, used only to refuse a second setup */
	struct guest_function functions[MAX_RECORDS + 1];	/* by record; for a bpf owner from 7.0 on */
	int index;		/* position in the setup line: selects its body and trampolines */
	unsigned int calls;	/* how often ops.func ran on the target being called */
};

/* targets.c */
typedef int (*target_fn)(void);
extern const target_fn targets[MAX_RECORDS];
extern const target_fn bodies[MAX_OPS];
target_fn target_of(int record);
int record_at(unsigned long ip);

/* trampolines.c */
extern unsigned long trampoline_hits[MAX_OPS][2];
unsigned long trampoline_of(const struct guest_ops *ops);
unsigned long trampoline_named(const struct guest_ops *ops, bool b);

/* ops.c */
extern struct guest_ops all_ops[MAX_OPS];
extern int ops_count;
extern int record_count;
extern int records_skipped;
extern unsigned long called_target;
int setup_ops(char *words);
int declare(struct guest_ops *ops);
struct guest_ops *ops_named(const char *name);

/*
 * A call, which one of the three functions makes.
 *
 * Neither refuses or repairs anything. Misuse reaches ftrace unchanged, and the state that a failed
 * call leaves in an ops stays there, because that state is part of the observation.
 */
struct call {
	const char *verb, *word;
	int (*make)(struct guest_ops *ops);
	int (*make_on_record)(struct guest_ops *ops, int record);
	/* Takes all words after the ops. */
	int (*make_of_text)(struct guest_ops *ops, char *text);
	int (*make_on_set)(struct guest_ops *ops, const struct set *set);
	/* The owner of the ops makes it. An owner with a lock holds the lock over it. */
	bool by_owner;
};

/* filter_module.c */
int add_record(struct guest_ops *ops, int record);
int remove_record(struct guest_ops *ops, int record);

/* modify_module.c */
int switch_trampoline(struct guest_ops *ops, bool locked);

/* updateDirect_module.c */
int find_direct_calls(void);

/* owners.c */
void set_ops_func(struct guest_ops *ops);
bool has_lock(const struct guest_ops *ops);
int set_script(struct guest_ops *ops, char *text);

/* runs.c */
void append_runs(struct line *line);

#endif
