// SPDX-License-Identifier: MIT OR GPL-2.0
/* The kprobes: some have a post_handler, one redirects the function. And a kretprobe. */
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
	{ .name = "S", .symbol = FUNCTION_3, .before = count },
	{ .name = "T", .symbol = FUNCTION_3, .before = count, .after = nothing },
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

/* "register kprobe <name>"; also unregister, enable and disable */
static bool dispatch_kprobe(const char *verb, const char *name, int *err)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(probes); i++) {
		if (strcmp(probes[i].name, name))
			continue;
		if (!strcmp(verb, "register"))
			*err = start(&probes[i]);
		else if (!strcmp(verb, "unregister"))
			*err = stop(&probes[i]);
		else if (!strcmp(verb, "enable"))
			*err = enable_kprobe(&probes[i].kprobe);
		else if (!strcmp(verb, "disable"))
			*err = disable_kprobe(&probes[i].kprobe);
		else
			return false;
		return true;
	}
	return false;
}

static unsigned long return_hits;

static int count_return(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	return_hits++;
	return 0;
}

static struct kretprobe kretprobe;

static int start_kretprobe(void)
{
	kretprobe = (struct kretprobe){
		.kp.symbol_name = FUNCTION_1,
		.handler = count_return,
	};
	return register_kretprobe(&kretprobe);
}

/* "register kretprobe K", "unregister kretprobe K" */
static bool dispatch_kretprobe(const char *verb, int *err)
{
	if (!strcmp(verb, "register")) {
		*err = start_kretprobe();
		return true;
	}
	if (strcmp(verb, "unregister"))
		return false;
	unregister_kretprobe(&kretprobe);
	*err = 0;
	return true;
}

static bool dispatch_probe(const char *verb, const char *rest, int *err)
{
	if (!strcmp(rest, "kretprobe K"))
		return dispatch_kretprobe(verb, err);
	return str_has_prefix(rest, "kprobe ") &&
	       dispatch_kprobe(verb, rest + strlen("kprobe "), err);
}

static void append_kprobe_hits(struct line *answer)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(probes); i++)
		append(answer, "%s %lu\n", probes[i].name, probes[i].hits);
	append(answer, "K %lu\n", return_hits);
}

const struct client kprobes_client = {
	.dispatch = dispatch_probe,
	.append_hits = append_kprobe_hits,
};
