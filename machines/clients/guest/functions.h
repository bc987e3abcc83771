/* SPDX-License-Identifier: MIT OR GPL-2.0 */
/* The two observed functions of the kernel, and the file that calls each. */
#ifndef NAMES_H
#define NAMES_H

#define FUNCTION_1 "cmdline_proc_show"
#define FUNCTION_2 "version_proc_show"
#define FILE_1 "/proc/cmdline"
#define FILE_2 "/proc/version"

#endif
