// SPDX-License-Identifier: MIT OR GPL-2.0
/* The hit counter of the sample. */
#include <linux/export.h>
#include "module.h"

/* Kept here, because the sample cannot report its hits once it is unloaded. */
unsigned long sample_hits;
EXPORT_SYMBOL_GPL(sample_hits);

static void append_sample_hits(struct line *answer)
{
	append(answer, "sample %lu\n", sample_hits);
}

const struct client sample_client = { .append_hits = append_sample_hits };
