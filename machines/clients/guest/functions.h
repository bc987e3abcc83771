/* SPDX-License-Identifier: MIT OR GPL-2.0 */
/* The observed functions, and the file that calls each: two of the kernel, one of a module. */
#ifndef NAMES_H
#define NAMES_H

#define FUNCTION_1 "cmdline_proc_show"
#define FUNCTION_2 "version_proc_show"
#define FUNCTION_3 "recwalk_proc_show"
#define MODULE_3 "recwalk_target"
#define NAME_3 "recwalk"
#define FILE_1 "/proc/cmdline"
#define FILE_2 "/proc/version"
#define FILE_3 "/proc/" NAME_3

#endif
