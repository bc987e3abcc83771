// SPDX-License-Identifier: MIT
/* Loads, attaches, detaches and unloads BPF programs. */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "client.h"

/* enum bpf_attach_type of Linux 7.2, which the headers here may not have. */
#define FENTRY_MULTI 59
#define FEXIT_MULTI 60

/* The copies of fentry.many. */
#define COPIES 36

/* File descriptors of a program and of its link; -1 if it has none. */
struct copy {
	int program, link;
};

/*
 * In the order of their counters in programs.bpf.c; alike ones are side by side. Those of several
 * functions name none.
 */
static struct program {
	const char *name, *symbol, *function;
	int type, count;
	const struct bpf_insn *instructions;
	size_t length;
	int btf_id;
	struct copy copies[COPIES];
} programs[] = {
	{ "fentry", "fentry", FUNCTION_1, BPF_TRACE_FENTRY, 1 },
	{ "fentry.second", "fentry_second", FUNCTION_1, BPF_TRACE_FENTRY, 1 },
	{ "fentry.many", "fentry_many", FUNCTION_1, BPF_TRACE_FENTRY, COPIES },
	{ "fexit", "fexit", FUNCTION_1, BPF_TRACE_FEXIT, 1 },
	{ "fexit.second", "fexit_second", FUNCTION_1, BPF_TRACE_FEXIT, 1 },
	{ "fentry2", "fentry2", FUNCTION_2, BPF_TRACE_FENTRY, 1 },
	{ "fexit2", "fexit2", FUNCTION_2, BPF_TRACE_FEXIT, 1 },
	{ "fentry.multi", "fentry_multi", NULL, FENTRY_MULTI, 1 },
	{ "fexit.multi", "fexit_multi", NULL, FEXIT_MULTI, 1 },
	{ "fentry4", "fentry4", FUNCTION_4, BPF_TRACE_FENTRY, 1 },
	{ "fexit4", "fexit4", FUNCTION_4, BPF_TRACE_FEXIT, 1 },
	{ "fentry.alias", "fentry_alias", ALIAS_4, BPF_TRACE_FENTRY, 1 },
	{ "fexit.alias", "fexit_alias", ALIAS_4, BPF_TRACE_FEXIT, 1 },
};

#define PROGRAMS (sizeof(programs) / sizeof(*programs))

/* As in programs.bpf.c. */
static const volatile struct runs {
	__u64 turns;
	struct {
		__u64 hits, turn;
	} of[PROGRAMS];
} *runs;

static bool set_up(const char *key, int value)
{
	if (strcmp(key, "syscall"))
		return false;
	show_syscall(value);
	return true;
}

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
	int i;

	if (!loaded)
		die(program->symbol);
	program->instructions = bpf_program__insns(loaded);
	program->length = bpf_program__insn_cnt(loaded);
	program->btf_id = program->function ? btf_id_of(program->function) : 0;
	for (i = 0; i < program->count; i++)
		program->copies[i] = (struct copy){ -1, -1 };
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
	runs = mmap(NULL, getpagesize(), PROT_READ, MAP_SHARED, bpf_map__fd(counters), 0);
	if (runs == MAP_FAILED)
		die(".bss");
}

static int load_copy(const struct program *program, struct copy *copy)
{
	LIBBPF_OPTS(bpf_prog_load_opts, options, .expected_attach_type = program->type,
		    .attach_btf_id = program->btf_id);
	int fd = bpf_prog_load(BPF_PROG_TYPE_TRACING, program->name, "Dual MIT/GPL",
			       program->instructions, program->length, &options);

	if (fd < 0)
		return -fd;
	copy->program = fd;
	return 0;
}

static int load(struct program *program)
{
	int i, err = 0;

	for (i = 0; i < program->count && !err; i++)
		err = load_copy(program, &program->copies[i]);
	return err;
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
	int i, err = 0;

	for (i = 0; i < program->count && !err; i++)
		err = close_once(&program->copies[i].program);
	return err;
}

/* Makes a link on both functions. libbpf of the build machine may not know this kind of link. */
static int link_both(int program, int type)
{
	const __u32 ids[] = { btf_id_of(FUNCTION_1), btf_id_of(FUNCTION_2) };
	struct {
		__u32 program, target, type, flags;
		__u64 ids, cookies;
		__u32 count, unused;
	} link = {
		.program = program,
		.type = type,
		.ids = (unsigned long)ids,
		.count = sizeof(ids) / sizeof(*ids),
	};
	int fd = syscall(SYS_bpf, BPF_LINK_CREATE, &link, sizeof(link));

	return fd < 0 ? -errno : fd;
}

/* Loads a program that is not loaded, and leaves it to its link, as bpftool does. */
static int attach_copy(const struct program *program, struct copy *copy)
{
	bool is_loaded = copy->program >= 0;
	int link, err = is_loaded ? 0 : load_copy(program, copy);

	if (err)
		return err;
	link = program->function ? bpf_raw_tracepoint_open(NULL, copy->program)
				 : link_both(copy->program, program->type);
	if (!is_loaded)
		close_once(&copy->program);
	if (link < 0)
		return -link;
	copy->link = link;
	return 0;
}

/* Detaches the last copies first. */
static int detach_copies(struct program *program, int count)
{
	int err = 0;

	while (count-- && !err)
		err = close_once(&program->copies[count].link);
	return err;
}

/* Attaches all copies; none, if the kernel refuses one. */
static int attach(struct program *program)
{
	int i, err = 0;

	for (i = 0; i < program->count; i++) {
		err = attach_copy(program, &program->copies[i]);
		if (err) {
			detach_copies(program, i);
			break;
		}
	}
	return err;
}

static int detach(struct program *program)
{
	return detach_copies(program, program->count);
}

static bool are_alike(const struct program *a, const struct program *b)
{
	return a->function && b->function && !strcmp(a->function, b->function) &&
	       a->type == b->type;
}

/* Alike programs are in the order in which they ran last. */
static void count_program_hits(struct hits *hits)
{
	size_t order[PROGRAMS], i, j;

	for (i = 0; i < PROGRAMS; i++) {
		for (j = i; j && are_alike(&programs[order[j - 1]], &programs[i]) &&
			    runs->of[order[j - 1]].turn > runs->of[i].turn; j--)
			order[j] = order[j - 1];
		order[j] = i;
	}
	for (i = 0; i < PROGRAMS; i++)
		append_hits(hits, programs[order[i]].name, runs->of[order[i]].hits);
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
STEPS(6)
STEPS(7)
STEPS(8)
STEPS(9)
STEPS(10)
STEPS(11)
STEPS(12)

static const struct action actions[] = {
	ACTIONS(0, "fentry"),
	ACTIONS(1, "fentry.second"),
	ACTIONS(2, "fentry.many"),
	ACTIONS(3, "fexit"),
	ACTIONS(4, "fexit.second"),
	ACTIONS(5, "fentry2"),
	ACTIONS(6, "fexit2"),
	ACTIONS(7, "fentry.multi"),
	ACTIONS(8, "fexit.multi"),
	ACTIONS(9, "fentry4"),
	ACTIONS(10, "fexit4"),
	ACTIONS(11, "fentry.alias"),
	ACTIONS(12, "fexit.alias"),
	{ }
};

const struct client bpf_client = {
	.prepare = prepare_programs,
	.setup = set_up,
	.actions = actions,
	.count_hits = count_program_hits,
};
