// SPDX-License-Identifier: MIT
/* Loads, attaches, detaches and unloads BPF programs. */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "client.h"

/* enum bpf_attach_type of Linux 7.2, which the headers here may not have. */
#define FENTRY_MULTI 59
#define FEXIT_MULTI 60

/* In the order of their counters in programs.bpf.c. Those of several functions name none. */
static struct program {
	const char *name, *symbol, *function;
	int type;
	const struct bpf_insn *instructions;
	size_t length;
	int btf_id, program, link;
} programs[] = {
	{ "fentry", "fentry", FUNCTION_1, BPF_TRACE_FENTRY },
	{ "fexit", "fexit", FUNCTION_1, BPF_TRACE_FEXIT },
	{ "fentry2", "fentry2", FUNCTION_2, BPF_TRACE_FENTRY },
	{ "fexit2", "fexit2", FUNCTION_2, BPF_TRACE_FEXIT },
	{ "fentry.multi", "fentry_multi", NULL, FENTRY_MULTI },
	{ "fexit.multi", "fexit_multi", NULL, FEXIT_MULTI },
};

#define PROGRAMS (sizeof(programs) / sizeof(*programs))

static const volatile __u64 *program_hits;

static int btf_id_of(const char *function)
{
	int id = libbpf_find_vmlinux_btf_id(function, BPF_TRACE_FENTRY);

	if (id < 0)
		die(function);
	return id;
}

static void prepare_program(struct program *program, struct bpf_object *object)
{
	struct bpf_program *loaded = bpf_object__find_program_by_name(object, program->symbol);

	if (!loaded)
		die(program->symbol);
	program->instructions = bpf_program__insns(loaded);
	program->length = bpf_program__insn_cnt(loaded);
	program->btf_id = program->function ? btf_id_of(program->function) : 0;
	program->program = program->link = -1;
	close(bpf_program__fd(loaded));
}

/*
 * libbpf parses the kernel's BTF, which is slow, and relocates the programs. So it loads the object
 * once, here. Its programs are unloaded again and were never attached, so no trampoline stays.
 * Each "load" then passes the same instructions to the kernel.
 */
static void prepare_programs(void)
{
	struct bpf_object *object = bpf_object__open_file("/programs.bpf.o", NULL);
	struct bpf_map *counters;
	size_t i;

	if (!object || bpf_object__load(object))
		die("programs.bpf.o");
	for (i = 0; i < PROGRAMS; i++)
		prepare_program(&programs[i], object);
	counters = bpf_object__find_map_by_name(object, ".bss");
	program_hits = mmap(NULL, getpagesize(), PROT_READ, MAP_SHARED, bpf_map__fd(counters), 0);
	if (program_hits == MAP_FAILED)
		die(".bss");
}

static int load(struct program *program)
{
	LIBBPF_OPTS(bpf_prog_load_opts, options, .expected_attach_type = program->type,
		    .attach_btf_id = program->btf_id);
	int fd = bpf_prog_load(BPF_PROG_TYPE_TRACING, program->name, "Dual MIT/GPL",
			       program->instructions, program->length, &options);

	if (fd < 0)
		return -fd;
	program->program = fd;
	return 0;
}

/* A file descriptor is closed at most once. */
static int close_once(int *file)
{
	int fd = *file;

	*file = -1;
	return close(fd) ? errno : 0;
}

static int unload(struct program *program)
{
	return close_once(&program->program);
}

/* Makes a link on both functions. libbpf of the build machine may not know this kind of link. */
static int link_both(const struct program *program)
{
	const __u32 ids[] = { btf_id_of(FUNCTION_1), btf_id_of(FUNCTION_2) };
	struct {
		__u32 program, target, type, flags;
		__u64 ids, cookies;
		__u32 count, unused;
	} link = {
		.program = program->program,
		.type = program->type,
		.ids = (unsigned long)ids,
		.count = sizeof(ids) / sizeof(*ids),
	};
	int fd = syscall(SYS_bpf, BPF_LINK_CREATE, &link, sizeof(link));

	return fd < 0 ? -errno : fd;
}

/* Loads a program that is not loaded, and leaves it to its link, as bpftool does. */
static int attach(struct program *program)
{
	bool is_loaded = program->program >= 0;
	int link, err = is_loaded ? 0 : load(program);

	if (err)
		return err;
	link = program->function ? bpf_raw_tracepoint_open(NULL, program->program)
				 : link_both(program);
	if (!is_loaded)
		unload(program);
	if (link < 0)
		return -link;
	program->link = link;
	return 0;
}

static int detach(struct program *program)
{
	return close_once(&program->link);
}

static void count_program_hits(struct hits *hits)
{
	size_t i;

	for (i = 0; i < PROGRAMS; i++)
		append_hits(hits, programs[i].name, program_hits[i]);
}

#define STEPS(number)							\
	static int load_##number(void) { return load(&programs[number]); }	\
	static int attach_##number(void) { return attach(&programs[number]); }	\
	static int detach_##number(void) { return detach(&programs[number]); }	\
	static int unload_##number(void) { return unload(&programs[number]); }

#define ACTIONS(number, name)						\
	{ "load " name, load_##number }, { "attach " name, attach_##number },	\
	{ "detach " name, detach_##number }, { "unload " name, unload_##number }

STEPS(0)
STEPS(1)
STEPS(2)
STEPS(3)
STEPS(4)
STEPS(5)

static const struct action actions[] = {
	ACTIONS(0, "fentry"),
	ACTIONS(1, "fexit"),
	ACTIONS(2, "fentry2"),
	ACTIONS(3, "fexit2"),
	ACTIONS(4, "fentry.multi"),
	ACTIONS(5, "fexit.multi"),
	{ }
};

const struct client bpf_client = {
	.prepare = prepare_programs,
	.actions = actions,
	.count_hits = count_program_hits,
};
