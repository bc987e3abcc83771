import type { Needs } from './needs.js';
import type { Story } from './story.js';

/** Number of functions beyond those of the story, for a story that may need another hash order. */
export const SPARE = 4;

export const includes = ({ direct, oops }: Needs): string =>
  `${[
    ...(oops ? ['linux/completion.h'] : []),
    'linux/fs.h',
    'linux/ftrace.h',
    ...(oops ? ['linux/kthread.h'] : []),
    'linux/module.h',
    'linux/seq_file.h',
    'linux/string.h',
    'linux/uio.h',
    'linux/version.h',
    ...(direct ? ['asm/ibt.h', 'asm/linkage.h'] : []),
  ]
    .map((file) => `#include <${file}>\n`)
    .join('')}`;

/** Macros for calls that have other names in other versions of the kernel. */
export const versions = ({ direct, ipmodify, owners }: Needs): readonly string[] => [
  ...(direct
    ? [
        `#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 4, 0)
#define register_direct(ops, address) register_ftrace_direct(ops, address)
#define unregister_direct(ops, address) unregister_ftrace_direct(ops, address, false)
#define modify_direct(ops, address) modify_ftrace_direct(ops, address)
#else
#define register_direct(ops, address) register_ftrace_direct_multi(ops, address)
#define unregister_direct(ops, address) unregister_ftrace_direct_multi(ops, address)
#define modify_direct(ops, address) modify_ftrace_direct_multi(ops, address)
#endif
`,
      ]
    : []),
  ...(owners
    ? [
        `#if LINUX_VERSION_CODE >= KERNEL_VERSION(7, 0, 0)
#define OWNER_ARGUMENTS struct ftrace_ops *ops, unsigned long ip, enum ftrace_ops_cmd cmd
#else
#define OWNER_ARGUMENTS struct ftrace_ops *ops, enum ftrace_ops_cmd cmd
#endif
`,
      ]
    : []),
  ...(ipmodify
    ? [
        `#ifdef ftrace_regs_set_instruction_pointer
#define set_ip(fregs, ip) ftrace_regs_set_instruction_pointer(fregs, ip)
#else
#define set_ip(fregs, ip) ftrace_instruction_pointer_set(fregs, ip)
#endif
`,
      ]
    : []),
];

export const texts = ({ owners }: Needs): string => `${
  owners
    ? '/* The callbacks to owners in a call, and its whole outcome. */\nstatic char callbacks[512], got[1024];'
    : '/* The outcome of a call. */\nstatic char got[1024];'
}
#define append(text, ...) \\
	scnprintf((text) + strlen(text), sizeof(text) - strlen(text), __VA_ARGS__)
`;

/** The traced functions. They are the module's own, so that the story disturbs no other user. */
export function records({ records }: Story, { skip }: Needs): string {
  const numbers = Array.from({ length: records + (skip ? SPARE : 0) }, (_, i) => i + 1);
  return `/* The functions, in the order of their addresses. */
static volatile int called;
#define FUNCTION(n)								\\
	static noinline __noclone __attribute__((no_reorder)) void record_##n(void)	\\
	{									\\
		called = n;							\\
	}
${numbers.map((n) => `FUNCTION(${n})`).join(' ')}
static void (*const records[])(void) = {
	${numbers.map((n) => `record_${n}`).join(', ')}
};
${
  skip
    ? `static unsigned int skip;
module_param(skip, uint, 0);
#define RECORD(n) records[skip + (n) - 1]`
    : '#define RECORD(n) records[(n) - 1]'
}
#define IP(function) ((unsigned long)(function))
`;
}
