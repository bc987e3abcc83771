/**
 * The attach tool. bpftool before 7.2 has no autoattach. Since then it pins a program that ftrace refuses, and exits
 * with 0. Programs of several functions need a libbpf of 2026 elsewhere; here one of 2022 is enough.
 */
export const ATTACH = `// SPDX-License-Identifier: MIT OR GPL-2.0
/*
 * attach OBJECT PIN: attaches the program pinned at PIN_loaded, or else one of OBJECT; pins the link.
 * attach OBJECT PIN load: only loads the program, and pins it at PIN_loaded.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* enum bpf_attach_type of Linux 7.2 */
#define FENTRY_MULTI 59
#define FEXIT_MULTI 60

static const char *const functions[] = { "cmdline_proc_show", "version_proc_show" };

static int multi_type(const struct bpf_program *program)
{
	const char *section = bpf_program__section_name(program);

	if (!strcmp(section, "fentry.multi"))
		return FENTRY_MULTI;
	return strcmp(section, "fexit.multi") ? 0 : FEXIT_MULTI;
}

static bool is_kprobe_multi(const struct bpf_program *program)
{
	return !strcmp(bpf_program__section_name(program), "kprobe.multi");
}

static struct bpf_program *open_program(struct bpf_object *object)
{
	struct bpf_program *program = bpf_object__next_program(object, NULL);

	if (program && multi_type(program)) {
		bpf_program__set_type(program, BPF_PROG_TYPE_TRACING);
		bpf_program__set_expected_attach_type(program, multi_type(program));
	}
	return program;
}

/* Makes a link on both functions. */
static int link_both(int program, int type)
{
	__u32 ids[2], i;
	struct {
		__u32 program, target, type, flags;
		__u64 ids, cookies;
		__u32 count, unused;
	} link = { .program = program, .type = type, .ids = (unsigned long)ids, .count = 2 };

	for (i = 0; i < 2; i++)
		ids[i] = libbpf_find_vmlinux_btf_id(functions[i], BPF_TRACE_FENTRY);
	return syscall(SYS_bpf, BPF_LINK_CREATE, &link, sizeof(link));
}

static int link_fprobe(int program)
{
	LIBBPF_OPTS(bpf_link_create_opts, options, .kprobe_multi.syms = (const char **)functions,
		    .kprobe_multi.cnt = 1);

	return bpf_link_create(program, 0, BPF_TRACE_KPROBE_MULTI, &options);
}

int main(int argc, char **argv)
{
	struct bpf_object *object = argc < 3 ? NULL : bpf_object__open_file(argv[1], NULL);
	struct bpf_program *program = object ? open_program(object) : NULL;
	char loaded[256];
	int fd, made;

	if (!program)
		return 1;
	snprintf(loaded, sizeof(loaded), "%s_loaded", argv[2]);
	fd = bpf_obj_get(loaded);
	if (fd < 0)
		fd = bpf_object__load(object) ? -1 : bpf_program__fd(program);
	if (fd >= 0 && argc == 4)
		return bpf_obj_pin(fd, loaded) ? 1 : 0;
	made = fd < 0		    ? -1
	       : multi_type(program) ? link_both(fd, multi_type(program))
	       : is_kprobe_multi(program) ? link_fprobe(fd)
				     : bpf_raw_tracepoint_open(NULL, fd);
	if (made < 0 || bpf_obj_pin(made, argv[2])) {
		perror(argv[1]);
		return 1;
	}
	return 0;
}
`;
