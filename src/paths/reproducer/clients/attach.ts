/**
 * The attach tool. bpftool before 7.2 has no autoattach. Since then it pins a program that ftrace refuses, and exits
 * with 0.
 */
export const ATTACH = `// SPDX-License-Identifier: MIT OR GPL-2.0
/* attach OBJECT PIN: attaches the program pinned at PIN_loaded, or else one of OBJECT; pins the link. */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <stdio.h>

static int load(const char *file)
{
	struct bpf_object *object = bpf_object__open_file(file, NULL);

	if (!object || bpf_object__load(object))
		return -1;
	return bpf_program__fd(bpf_object__next_program(object, NULL));
}

int main(int argc, char **argv)
{
	char loaded[256];
	int link, program;

	if (argc != 3)
		return 1;
	snprintf(loaded, sizeof(loaded), "%s_loaded", argv[2]);
	program = bpf_obj_get(loaded);
	if (program < 0)
		program = load(argv[1]);
	link = program < 0 ? -1 : bpf_raw_tracepoint_open(NULL, program);
	if (link < 0 || bpf_obj_pin(link, argv[2])) {
		perror(argv[1]);
		return 1;
	}
	return 0;
}
`;
