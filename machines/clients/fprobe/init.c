// SPDX-License-Identifier: MIT
/* Attaches and detaches a BPF program by a kprobe_multi link. */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "client.h"

static const volatile __u64 *fprobe_hits;
/* The address of function 1: for a name the kernel would decompress every name at each attach. */
static unsigned long address;
static int program, link_file = -1;

static void find_address(void)
{
	FILE *symbols = fopen("/proc/kallsyms", "re");
	char line[512], name[64];
	unsigned long found;

	if (!symbols)
		die("kallsyms");
	while (!address && fgets(line, sizeof(line), symbols))
		if (sscanf(line, "%lx %*c %63s", &found, name) == 2 && !strcmp(name, FUNCTION_1))
			address = found;
	fclose(symbols);
	if (!address)
		die(FUNCTION_1);
}

static void prepare_fprobe(void)
{
	struct bpf_object *object = bpf_object__open_file("/fprobe.bpf.o", NULL);
	struct bpf_map *counter;

	if (!object || bpf_object__load(object))
		die("fprobe.bpf.o");
	program = bpf_program__fd(bpf_object__find_program_by_name(object, "kprobe_multi"));
	counter = bpf_object__find_map_by_name(object, ".bss");
	fprobe_hits = mmap(NULL, getpagesize(), PROT_READ, MAP_SHARED, bpf_map__fd(counter), 0);
	if (fprobe_hits == MAP_FAILED)
		die(".bss");
	find_address();
}

static int attach_fprobe(void)
{
	LIBBPF_OPTS(bpf_link_create_opts, options, .kprobe_multi.addrs = &address,
		    .kprobe_multi.cnt = 1);
	int fd = bpf_link_create(program, 0, BPF_TRACE_KPROBE_MULTI, &options);

	if (fd < 0)
		return -fd;
	link_file = fd;
	return 0;
}

static int detach_fprobe(void)
{
	return close(link_file) ? errno : 0;
}

static void count_fprobe_hits(struct hits *hits)
{
	append_hits(hits, "kprobe.multi", *fprobe_hits);
}

static const struct action actions[] = {
	{ "attach kprobe.multi", attach_fprobe },
	{ "detach kprobe.multi", detach_fprobe },
	{ }
};

const struct client fprobe_client = {
	.prepare = prepare_fprobe,
	.actions = actions,
	.count_hits = count_fprobe_hits,
};
