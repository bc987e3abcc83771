// SPDX-License-Identifier: MIT
/*
 * The BPF programs. They are loaded once, because parsing the kernel's BTF is slow, and attached as
 * often as needed.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>
#include "client.h"

enum program { FENTRY, FEXIT };

static struct {
	int program, link;
} programs[] = { [FENTRY] = { .link = -1 }, [FEXIT] = { .link = -1 } };

static const volatile __u64 *program_hits;

static int program_named(struct bpf_object *object, const char *name)
{
	struct bpf_program *program = bpf_object__find_program_by_name(object, name);

	if (!program)
		die(name);
	return bpf_program__fd(program);
}

static int attach_program(enum program program)
{
	int link = bpf_raw_tracepoint_open(NULL, programs[program].program);

	if (link < 0)
		return -link;
	programs[program].link = link;
	return 0;
}

static int detach_program(enum program program)
{
	int link = programs[program].link;

	programs[program].link = -1;
	return close(link) ? errno : 0;
}

/*
 * A newly loaded program holds the function's trampoline until it is first attached. From the
 * second time on, all attachments are alike, so the first one is made here.
 */
static void attach_once(enum program program)
{
	errno = attach_program(program);
	if (errno)
		die("attach");
	detach_program(program);
}

static void load_programs(void)
{
	struct bpf_object *object = bpf_object__open_file("/programs.bpf.o", NULL);
	struct bpf_map *counters;

	if (!object || bpf_object__load(object))
		die("programs.bpf.o");
	programs[FENTRY].program = program_named(object, "on_entry");
	programs[FEXIT].program = program_named(object, "on_exit");
	counters = bpf_object__find_map_by_name(object, ".bss");
	program_hits = mmap(NULL, getpagesize(), PROT_READ, MAP_SHARED, bpf_map__fd(counters), 0);
	if (program_hits == MAP_FAILED)
		die(".bss");
	attach_once(FENTRY);
	attach_once(FEXIT);
}

static void count_program_hits(struct hits *hits)
{
	append_hits(hits, "fentry", program_hits[0]);
	append_hits(hits, "fexit", program_hits[1]);
}

static int attach_fentry(void)
{
	return attach_program(FENTRY);
}

static int detach_fentry(void)
{
	return detach_program(FENTRY);
}

static int attach_fexit(void)
{
	return attach_program(FEXIT);
}

static int detach_fexit(void)
{
	return detach_program(FEXIT);
}

static const struct action actions[] = {
	{ "attach fentry", attach_fentry },
	{ "detach fentry", detach_fentry },
	{ "attach fexit", attach_fexit },
	{ "detach fexit", detach_fexit },
	{ }
};

const struct client bpf_client = {
	.prepare = load_programs,
	.actions = actions,
	.count_hits = count_program_hits,
};
