// SPDX-License-Identifier: MIT
/* Formats a user-space errno as the kernel returned it. */
#include <errno.h>
#include <stdio.h>
#include "init.h"

const char *errno_name(int err)
{
	static char number[16];

	switch (err) {
	case ENOENT:
		return "-ENOENT";
	case E2BIG:
		return "-E2BIG";
	case EAGAIN:
		return "-EAGAIN";
	case ENOMEM:
		return "-ENOMEM";
	case EBUSY:
		return "-EBUSY";
	case EEXIST:
		return "-EEXIST";
	case ENODEV:
		return "-ENODEV";
	case EINVAL:
		return "-EINVAL";
	case EOPNOTSUPP:
		return "-EOPNOTSUPP";
	}
	snprintf(number, sizeof(number), "%d", -err);
	return number;
}
