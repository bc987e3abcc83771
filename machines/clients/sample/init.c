// SPDX-License-Identifier: MIT
/* Loads and unloads the modules with a direct trampoline. */
#include "client.h"

#define STEPS(name)								\
	static int load_##name(void)						\
	{									\
		return insert_module("/recwalk_" #name ".ko", "");		\
	}									\
	static int unload_##name(void)						\
	{									\
		return remove_module("recwalk_" #name);				\
	}

#define ACTIONS(name)								\
	{ "load " #name, load_##name }, { "unload " #name, unload_##name }

STEPS(sample)
STEPS(sample2)
STEPS(rival)

static const struct action actions[] = {
	ACTIONS(sample),
	ACTIONS(sample2),
	ACTIONS(rival),
	{ }
};

const struct client sample_client = { .actions = actions };
