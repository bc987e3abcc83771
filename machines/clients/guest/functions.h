/* SPDX-License-Identifier: MIT OR GPL-2.0 */
/*
 * The observed functions, and the file that calls each: two of the kernel, one of a module. Function
 * 4 is the one of a system call. All its names are aliases of one address.
 */
#ifndef NAMES_H
#define NAMES_H

#define FUNCTION_1 "cmdline_proc_show"
#define FUNCTION_2 "version_proc_show"
#define FUNCTION_3 "recwalk_proc_show"
#define FUNCTION_4 "__x64_sys_munlockall"
#define ALIAS_4 "__do_sys_munlockall"
#define MODULE_3 "recwalk_target"
#define NAME_3 "recwalk"
#define FILE_1 "/proc/cmdline"
#define FILE_2 "/proc/version"
#define FILE_3 "/proc/" NAME_3

/* A task of this name sleeps in the body that a livepatch gives function 1. */
#define SLEEPER "sleeper"

/* What the system call returns while function 4 is patched. */
#define PATCHED_RESULT 1000000007

#endif
