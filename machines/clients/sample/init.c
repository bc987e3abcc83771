// SPDX-License-Identifier: MIT
/* Loads and unloads the sample of a direct trampoline. */
#include "client.h"

static int load_sample(void)
{
	return insert_module("/recwalk_sample.ko", "");
}

static int unload_sample(void)
{
	return remove_module("recwalk_sample");
}

static const struct action actions[] = {
	{ "load sample", load_sample },
	{ "unload sample", unload_sample },
	{ }
};

const struct client sample_client = { .actions = actions };
