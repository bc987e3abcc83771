// SPDX-License-Identifier: MIT
/* The second serial port, which carries lines between the guest and the host. */
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
#include "init.h"

static int channel;

void open_channel(void)
{
	struct termios raw;

	channel = open_or_die("/dev/ttyS1", O_RDWR);
	tcgetattr(channel, &raw);
	cfmakeraw(&raw);
	cfsetspeed(&raw, B115200);
	raw.c_cflag |= CLOCAL | CREAD;
	tcsetattr(channel, TCSANOW, &raw);
}

static void write_all(const char *text, size_t size)
{
	while (size) {
		ssize_t done = write(channel, text, size);

		if (done <= 0)
			return;
		text += done;
		size -= done;
	}
}

/* Writes one line. Text that does not fit is cut off, so that it stays one line. */
void send_line(const char *format, ...)
{
	static char line[16384];
	va_list args;
	int size;

	va_start(args, format);
	size = vsnprintf(line, sizeof(line) - 1, format, args);
	va_end(args);
	if (size > (int)sizeof(line) - 2)
		size = sizeof(line) - 2;
	line[size++] = '\n';
	write_all(line, size);
}

/* Returns the next line without its newline, valid until the next call. */
char *receive_line(void)
{
	static char buffer[65536], line[65536];
	static size_t have;
	char *end;

	while (!(end = memchr(buffer, '\n', have))) {
		ssize_t size;

		if (have == sizeof(buffer))
			have = 0;
		size = read(channel, buffer + have, sizeof(buffer) - have);
		if (size <= 0)
			exit(1);
		have += size;
	}
	memcpy(line, buffer, end - buffer);
	line[end - buffer] = 0;
	have -= end + 1 - buffer;
	memmove(buffer, end + 1, have);
	return line;
}
