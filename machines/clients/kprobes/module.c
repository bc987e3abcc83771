// SPDX-License-Identifier: MIT OR GPL-2.0
/* The kprobes: some only count, some have a post_handler, and one redirects the function. */
#include <linux/kprobes.h>
#include <linux/seq_file.h>
#include <linux/string.h>
#include "module.h"

struct probe {
	struct kprobe kprobe;
	const char *name, *symbol;
	kprobe_pre_handler_t before;
	kprobe_post_handler_t after;
	bool registered;
	unsigned long hits;
};

static int count(struct kprobe *kprobe, struct pt_regs *regs)
{
	container_of(kprobe, struct probe, kprobe)->hits++;
	return 0;
}

static int overridden(struct seq_file *file, void *nothing)
{
	seq_puts(file, "overridden\n");
	return 0;
}

static int override(struct kprobe *kprobe, struct pt_regs *regs)
{
	count(kprobe, regs);
	instruction_pointer_set(regs, (unsigned long)overridden);
	return 1;
}

static void nothing(struct kprobe *kprobe, struct pt_regs *regs, unsigned long flags)
{
}

static struct probe probes[] = {
	{ .name = "P", .symbol = FUNCTION_1, .before = count },
	{ .name = "P2", .symbol = FUNCTION_1, .before = count },
	{ .name = "Q", .symbol = FUNCTION_1, .before = count, .after = nothing },
	{ .name = "Q2", .symbol = FUNCTION_1, .before = count, .after = nothing },
	{ .name = "O", .symbol = FUNCTION_1, .before = override, .after = nothing },
	{ .name = "R", .symbol = FUNCTION_2, .before = count, .after = nothing },
};

/* The kernel writes into a struct kprobe and expects it clean. Do not reset one that is in use. */
static int start(struct probe *probe)
{
	int err;

	if (!probe->registered)
		probe->kprobe = (struct kprobe){
			.symbol_name = probe->symbol,
			.pre_handler = probe->before,
			.post_handler = probe->after,
		};
	err = register_kprobe(&probe->kprobe);
	if (!err)
		probe->registered = true;
	return err;
}

static int stop(struct probe *probe)
{
	unregister_kprobe(&probe->kprobe);
	probe->registered = false;
	return 0;
}

/* "register kprobe <name>", "unregister kprobe <name>" */
static bool dispatch_kprobe(const char *verb, const char *rest, int *err)
{
	int i;

	if (!str_has_prefix(rest, "kprobe "))
		return false;
	for (i = 0; i < ARRAY_SIZE(probes); i++) {
		if (strcmp(probes[i].name, rest + strlen("kprobe ")))
			continue;
		if (!strcmp(verb, "register"))
			*err = start(&probes[i]);
		else if (!strcmp(verb, "unregister"))
			*err = stop(&probes[i]);
		else
			return false;
		return true;
	}
	return false;
}

static void append_kprobe_hits(struct line *answer)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(probes); i++)
		append(answer, "%s %lu\n", probes[i].name, probes[i].hits);
}

const struct client kprobes_client = {
	.dispatch = dispatch_kprobe,
	.append_hits = append_kprobe_hits,
};
