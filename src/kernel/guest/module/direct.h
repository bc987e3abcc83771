/* SPDX-License-Identifier: MIT OR GPL-2.0 */
/* One set of names for direct calls in kernels before and after 6.4, with or without IBT. */
#ifndef DIRECT_H
#define DIRECT_H

#include <asm/ibt.h>
#include <asm/linkage.h>
#include <linux/ftrace.h>
#include <linux/version.h>

#ifndef ASM_ENDBR
#define ASM_ENDBR
#endif

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
#define register_direct(ops, address) register_ftrace_direct(ops, address)
#define unregister_direct(ops, address) unregister_ftrace_direct(ops, address, false)
#define modify_direct(ops, address) modify_ftrace_direct(ops, address)
#define modify_direct_nolock(ops, address) modify_ftrace_direct_nolock(ops, address)
#else
#define register_direct(ops, address) register_ftrace_direct_multi(ops, address)
#define unregister_direct(ops, address) unregister_ftrace_direct_multi(ops, address)
#define modify_direct(ops, address) modify_ftrace_direct_multi(ops, address)
#define modify_direct_nolock(ops, address) modify_ftrace_direct_multi_nolock(ops, address)
#endif

#endif
