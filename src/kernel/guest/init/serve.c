// SPDX-License-Identifier: MIT
/*
 * The conversation on the channel: commands in, KTAP out.
 *
 * Only /init writes to the channel (kernel messages go to ttyS0), so one step in gives exactly one
 * "ok"/"not ok" line out, preceded by "# WARNING: ..." lines if the kernel warned.
 */
#include <string.h>
#include "init.h"

/*
 * The host takes the snapshot while this function waits. After a loadvm, bytes that were sent
 * before it may arrive first. Every line after "sync" counts.
 */
static void wait_for_sync(void)
{
	char *line;

	do
		line = receive_line();
	while (strncmp(line, "sync ", 5));
	send_line("%s", line);
}

void serve(void)
{
	int number = 0;

	wait_for_sync();
	for (;;) {
		char *line = receive_line();

		if (!strncmp(line, "step ", 5)) {
			step(++number, line + 5);
		} else if (!strncmp(line, "plan ", 5)) {
			number = 0;
			send_line("KTAP version 1\n1..%s", line + 5);
		} else {
			send_line("Bail out! cannot read: %s", line);
		}
	}
}
