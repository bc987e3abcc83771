/**
 * The attach tool. bpftool before 7.2 has no autoattach. Since then it pins a program that ftrace refuses, and exits
 * with 0.
 */
export const ATTACH = `// SPDX-License-Identifier: MIT OR GPL-2.0
/* attach OBJECT PIN: loads the BPF program of an object, attaches it, and pins the link. */
#include <bpf/libbpf.h>
#include <stdio.h>

int main(int argc, char **argv)
{
	struct bpf_object *object = argc == 3 ? bpf_object__open_file(argv[1], NULL) : NULL;
	struct bpf_link *link;

	if (!object || bpf_object__load(object))
		return 1;
	link = bpf_program__attach(bpf_object__next_program(object, NULL));
	if (!link || bpf_link__pin(link, argv[2])) {
		perror(argv[1]);
		return 1;
	}
	return 0;
}
`;
