// SPDX-License-Identifier: MIT OR GPL-2.0
/* The addresses of the functions. */
#include <linux/export.h>
#include <linux/kprobes.h>
#include "module.h"

unsigned long function_1, function_2;
EXPORT_SYMBOL_GPL(function_1);
EXPORT_SYMBOL_GPL(function_2);

/* The address is not exported, but a kprobe resolves it. A disabled kprobe changes nothing. */
static int find_address(const char *name, unsigned long *address)
{
	static struct kprobe finder;
	int err;

	finder = (struct kprobe){ .symbol_name = name, .flags = KPROBE_FLAG_DISABLED };
	err = register_kprobe(&finder);
	if (err)
		return err;
	*address = (unsigned long)finder.addr;
	unregister_kprobe(&finder);
	return 0;
}

int prepare_module(void)
{
	int err = find_address(FUNCTION_1, &function_1);

	return err ? err : find_address(FUNCTION_2, &function_2);
}
