// SPDX-License-Identifier: MIT OR GPL-2.0
/* Where function 1 is, and what the sample counts. */
#include <linux/export.h>
#include <linux/kprobes.h>
#include "clients.h"

unsigned long function_1;
EXPORT_SYMBOL_GPL(function_1);

/* The sample cannot be asked once it is gone. */
unsigned long sample_hits;
EXPORT_SYMBOL_GPL(sample_hits);

/* Nobody exports the address, but a kprobe is told it; a disabled one touches nothing. */
int make_ready(void)
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
