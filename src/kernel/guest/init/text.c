// SPDX-License-Identifier: MIT
/* Builds text piece by piece. */
#include <stdarg.h>
#include <stdio.h>
#include "init.h"

void append(struct text *text, const char *format, ...)
{
	size_t room = sizeof(text->at) - text->length;
	va_list args;
	int size;

	va_start(args, format);
	size = vsnprintf(text->at + text->length, room, format, args);
	va_end(args);
	text->length += (size_t)size < room ? (size_t)size : room - 1;
}
