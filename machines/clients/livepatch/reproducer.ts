import type { ClientReproducer, ShellAction } from '../reproducer.js';
import { SLEEP, SLEEPER, sleeperFunctions } from './sleeperInShell.js';

const FUNCTIONS = ['cmdline_proc_show', 'version_proc_show'];

/** A livepatch module: its name, the functions that it patches, the text of its bodies. */
interface PatchModule {
  readonly name: string;
  readonly functions: readonly string[];
  readonly body: string;
  readonly replaces?: boolean;
  /** The functions are those of system calls, which return a number while they are patched. */
  readonly isSyscall?: boolean;
  /** The module of the functions; none for the kernel itself. */
  readonly object?: string;
}

type Scope = Readonly<Record<string, number>>;

const hasSleeper = ({ transition = 0 }: Scope): boolean => transition > 0;

const moduleOf = (actor: string, { livepatch = 1 }): PatchModule => {
  if (actor === 'livepatch2')
    return { name: 'patch2', functions: FUNCTIONS.slice(0, 1), body: 'patched2' };
  if (actor === 'livepatch3')
    return {
      name: 'patch3',
      functions: ['recwalk_proc_show'],
      body: 'patched',
      object: 'recwalk_target',
    };
  if (actor === 'livepatch4')
    return {
      name: 'patch4',
      functions: ['__x64_sys_munlockall'],
      body: 'patched',
      isSyscall: true,
    };
  if (actor === 'replacement')
    return { name: 'replacement', functions: FUNCTIONS.slice(1), body: 'replaced', replaces: true };
  return { name: 'patch', functions: FUNCTIONS.slice(0, livepatch), body: 'patched' };
};

const patchedFile = (
  body: string,
  sleeps: boolean,
) => `${sleeps ? '#include <linux/sched/signal.h>\n' : ''}#include <linux/seq_file.h>

static int patched(struct seq_file *file, void *nothing)
{
${sleeps ? SLEEP : ''}	seq_puts(file, "${body}\\n");
	return 0;
}
`;

const PATCHED_SYSCALL = `#include <linux/ptrace.h>

static long patched(const struct pt_regs *registers)
{
	return 1000000007;
}
`;

const source = (
  { functions, body, replaces, object, isSyscall }: PatchModule,
  sleeps: boolean,
): string => `// SPDX-License-Identifier: MIT OR GPL-2.0
/* A livepatch of ${functions.map((name) => `${name}()`).join(' and ')}${replaces ? ' that replaces all others' : ''}. */
#include <linux/livepatch.h>
#include <linux/module.h>
${isSyscall ? PATCHED_SYSCALL : patchedFile(body, sleeps)}
static struct klp_func funcs[] = {
${functions.map((name) => `\t{ .old_name = "${name}", .new_func = patched },\n`).join('')}	{ }
};

static struct klp_object objects[] = { { ${object ? `.name = "${object}", ` : ''}.funcs = funcs }, { } };

static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objects${replaces ? ', .replace = true' : ''} };

static int __init patch_init(void)
{
	return klp_enable_patch(&patch);
}

static void __exit patch_exit(void)
{
}

module_init(patch_init);
module_exit(patch_exit);
MODULE_INFO(livepatch, "Y");
MODULE_DESCRIPTION("A livepatch");
MODULE_LICENSE("Dual MIT/GPL");
`;

/** The kernel removes the folder of a livepatch once it has released it. */
const RELEASED = `
# Unloads livepatches that another one has replaced.
unload_replaced() {
	for module in $(lsmod | grep -oE '^patch[234]? '); do
		wait_for [ ! -e /sys/kernel/livepatch/$module ] && wait_for rmmod $module || return
	done
}
`;

/** Actions that wait for the end of each transition. */
const patient = (actor: string): readonly ShellAction[] => {
  const { name, replaces } = moduleOf(actor, {});
  const folder = `/sys/kernel/livepatch/${name}`;
  return [
    {
      description: `enable ${actor}`,
      commands: [
        `insmod ${name}.ko && wait_for grep -q 0 ${folder}/transition${replaces ? ' &&' : ''}`,
        ...(replaces ? ['\tunload_replaced'] : []),
      ],
    },
    {
      description: `disable ${actor}`,
      commands: [
        `echo 0 > ${folder}/enabled &&`,
        `\twait_for [ ! -e ${folder} ] && wait_for rmmod ${name}`,
      ],
    },
  ];
};

/** Actions that end with a livepatch in transition if the sleeper holds it up. */
const impatient = (actor: string): readonly ShellAction[] => {
  const { name } = moduleOf(actor, {});
  const write = (description: string, value: number, file: string) => ({
    description: `${description} ${actor}`,
    commands: [`/bin/echo ${value} > /sys/kernel/livepatch/${name}/${file} && settle`],
  });
  const again = write('re-enable', 1, 'enabled');
  const force = write('force', 1, 'force');
  return [
    { description: `enable ${actor}`, commands: [`insmod ${name}.ko && settle`] },
    again,
    // The same commands; the kernel decides.
    { ...again, description: `${again.description} in vain` },
    force,
    force,
    write('disable', 0, 'enabled'),
  ];
};

const ofSleeper: readonly ShellAction[] = [
  { description: 'sleep in 1', commands: ['sleep_in_1'] },
  { description: 'wake', commands: ['wake_up && settle'] },
];

export const reproducer: ClientReproducer = {
  actors: ['livepatch', 'livepatch2', 'livepatch3', 'livepatch4', 'replacement', SLEEPER],
  actions: (actor, scope) => {
    if (actor === SLEEPER) return ofSleeper;
    const named = new Set(patient(actor).map(({ description }) => description));
    const others = impatient(actor).filter(({ description }) => !named.has(description));
    const [enable, disable] = patient(actor);
    return hasSleeper(scope) ? impatient(actor) : [enable!, ...others, disable!];
  },
  modules: (actors, scope) =>
    actors
      .filter((actor) => actor !== SLEEPER)
      .map((actor) => moduleOf(actor, scope))
      .map((module) => ({ name: `${module.name}.c`, text: source(module, hasSleeper(scope)) })),
  functions: (actors, scope) => [
    ...(actors.includes('replacement') && !hasSleeper(scope) ? [RELEASED] : []),
    ...(hasSleeper(scope) ? [sleeperFunctions] : []),
  ],
  notes: (scope) => (hasSleeper(scope) ? 'notes' : undefined),
};
