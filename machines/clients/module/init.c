// SPDX-License-Identifier: MIT
/* Loads and unloads the module of function 3. */
#include "client.h"

static int load_target(void)
{
	return insert_module("/" MODULE_3 ".ko", "");
}

static int unload_target(void)
{
	return remove_module(MODULE_3);
}

static const struct action actions[] = {
	{ "load module", load_target },
	{ "unload module", unload_target },
	{ }
};

const struct client module_client = { .actions = actions };
