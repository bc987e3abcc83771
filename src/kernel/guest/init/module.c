// SPDX-License-Identifier: MIT
/* Loads the module, sends it commands and reads its answers. */
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "init.h"

void load_module(void)
{
	int file = open_or_die("/recwalk.ko", O_RDONLY);

	if (syscall(SYS_finit_module, file, "", 0))
		die("recwalk.ko");
	close(file);
}

/* Sends a command. The thread may modify the answer, which is valid until its next call. */
char *module_command(const char *command)
{
	static _Thread_local char answer[8192];
	static _Thread_local int module = -1;
	ssize_t size;

	if (module < 0)
		module = open_or_die("/dev/recwalk", O_RDWR);
	if (write(module, command, strlen(command)) < 0)
		return strcpy(answer, "?");
	size = read(module, answer, sizeof(answer) - 1);
	answer[size > 0 ? size : 0] = 0;
	return answer;
}
