// SPDX-License-Identifier: MIT OR GPL-2.0
/* The address of function 1. */
#include <linux/export.h>
#include <linux/kprobes.h>
#include "module.h"

unsigned long function_1;
EXPORT_SYMBOL_GPL(function_1);

/* The address is not exported, but a kprobe resolves it. A disabled kprobe changes nothing. */
int prepare_module(void)
{
	static struct kprobe finder = {
		.symbol_name = FUNCTION_1,
		.flags = KPROBE_FLAG_DISABLED,
	};
	int err = register_kprobe(&finder);

	if (err)
		return err;
	function_1 = (unsigned long)finder.addr;
	unregister_kprobe(&finder);
	return 0;
}
