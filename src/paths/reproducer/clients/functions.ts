import type { ReproducerFile } from '../../../../machines/clients/reproducer.js';

/** A function of the clients, in a script. */
export interface ScriptFunction {
  readonly number: number;
  readonly name: string;
  /** How enabled_functions names it, as a basic regular expression. Default: its name. */
  readonly pattern?: string;
  /** A command that calls it once, and prints which body ran. */
  readonly command: string;
  /** What calls it, in words. */
  readonly by: string;
  /** A file without which the function is not there. */
  readonly file?: string;
}

const MUNLOCKALL: ReproducerFile = {
  name: 'munlockall.c',
  text: `// SPDX-License-Identifier: MIT OR GPL-2.0
/* Makes the system call munlockall once, and prints which body ran. */
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(void)
{
	puts(syscall(SYS_munlockall) == 1000000007 ? "patched" : "original");
	return 0;
}
`,
};

/** Programs in C that scripts of some functions run. */
export const toolsOf = (functions: readonly ScriptFunction[]): readonly ReproducerFile[] =>
  functions.some(({ command }) => command === './munlockall') ? [MUNLOCKALL] : [];

const ofFile = (number: number, name: string, file: string) => ({
  number,
  name,
  command: `cat ${file}`,
  by: `reading ${file}`,
});

export const FUNCTIONS: readonly ScriptFunction[] = [
  ofFile(1, 'cmdline_proc_show', '/proc/cmdline'),
  ofFile(2, 'version_proc_show', '/proc/version'),
  { ...ofFile(3, 'recwalk_proc_show', '/proc/recwalk'), file: '/proc/recwalk' },
  {
    number: 4,
    name: '__x64_sys_munlockall',
    // The kernel prints one of its names.
    pattern: '__[a-z0-9]*_sys_munlockall',
    command: './munlockall',
    by: './munlockall, and also named __do_sys_munlockall()',
  },
];
