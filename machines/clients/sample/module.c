// SPDX-License-Identifier: MIT OR GPL-2.0
/* The hit counters of the modules with a direct trampoline. */
#include <linux/export.h>
#include "module.h"

/* Kept here, because such a module cannot report its hits once it is unloaded. */
unsigned long sample_hits, sample2_hits, rival_hits;
EXPORT_SYMBOL_GPL(sample_hits);
EXPORT_SYMBOL_GPL(sample2_hits);
EXPORT_SYMBOL_GPL(rival_hits);

static void append_sample_hits(struct line *answer)
{
	append(answer, "sample %lu\n", sample_hits);
	append(answer, "sample2 %lu\n", sample2_hits);
	append(answer, "rival %lu\n", rival_hits);
}

const struct client sample_client = { .append_hits = append_sample_hits };
