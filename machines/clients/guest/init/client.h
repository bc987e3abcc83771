/* SPDX-License-Identifier: MIT */
/* Declarations shared by the parts of /init that are clients. */
#ifndef CLIENT_H
#define CLIENT_H

#include "functions.h"
#include "init.h"

/* A step of an administrator; `make` returns 0 or a positive errno, as in user space. */
struct action {
	const char *command;
	int (*make)(void);
};

/* How often each program and probe of a client was hit, by its name. */
struct hits {
	struct {
		char name[16];
		unsigned long count;
	} of[48];
	int length;
};

void append_hits(struct hits *hits, const char *name, unsigned long count);

/* A client in /init. Members that it does not need are NULL. */
struct client {
	/* Work before the first step. */
	void (*prepare)(void);
	/* Takes a "key=value" of the setup; returns whether it is for this client. */
	bool (*setup)(const char *key, int value);
	/* Ends with an action without a command. */
	const struct action *actions;
	void (*count_hits)(struct hits *hits);
	/* Appends "; <name>: <state>" for each fact about the client itself. */
	void (*append_notes)(struct text *outcome);
};

/* functions.c */
void append_functions(struct text *outcome, const char *command);
void call_after_each_action(bool calls);
void show_syscall(bool shows);

/* modules.c */
int insert_module(const char *path, const char *parameters);
int remove_module(const char *name);

/* outcome.c */
void count_hits(struct hits *hits);

#endif
