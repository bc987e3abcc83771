import type { ClientReproducer, ShellAction } from '../reproducer.js';

/** Whether it is a probe that tracefs can make: one without a post_handler. */
const isEvent = (actor: string): boolean => /^([EF]|P2?|K)$/.test(actor);
const isInModule = (actor: string): boolean => !isEvent(actor);

const OVERRIDE = `
static int overridden(struct seq_file *file, void *nothing)
{
	seq_puts(file, "overridden\\n");
	return 0;
}

static int override(struct kprobe *kprobe, struct pt_regs *regs)
{
	count(kprobe, regs);
	instruction_pointer_set(regs, (unsigned long)overridden);
	return 1;
}
`;

const functionOf = (name: string): string =>
  `${name === 'R' ? 'version' : ['F', 'S', 'T'].includes(name) ? 'recwalk' : 'cmdline'}_proc_show`;

const declared = (name: string) =>
  `PROBE(${name}, "${functionOf(name)}", ${name === 'O' ? 'override' : 'count'}, ${name === 'S' ? 'NULL' : 'nothing'});\n`;

/** The module of kprobes with a post_handler, and of S, which stays registered when its function goes. */
function probesModule(probes: readonly string[]): string {
  const overrides = probes.includes('O');
  return `// SPDX-License-Identifier: MIT OR GPL-2.0
/*
${probes.includes('S') ? ' * Kprobes; all but S have' : ' * Kprobes with'} a post_handler${overrides ? '; O sends the function elsewhere' : ''}. Writing 1 to the module's parameter of that name
 * registers one, 0 unregisters it; the parameter with _enabled enables and disables it, that with
 * _hits counts.
 *
 * The module stays until the next boot: a probe that could not be disarmed is still called.
 */
#include <linux/kprobes.h>
#include <linux/module.h>
${overrides ? '#include <linux/seq_file.h>\n' : ''}
struct probe {
	struct kprobe kprobe;
	const char *function;
	kprobe_pre_handler_t before;
	kprobe_post_handler_t after;
	bool registered;
	unsigned long hits;
};

static int count(struct kprobe *kprobe, struct pt_regs *regs)
{
	container_of(kprobe, struct probe, kprobe)->hits++;
	return 0;
}
${overrides ? OVERRIDE : ''}
static void nothing(struct kprobe *kprobe, struct pt_regs *regs, unsigned long flags)
{
}

static int set_registered(const char *text, const struct kernel_param *parameter)
{
	struct probe *probe = parameter->arg;
	bool wanted;
	int err = kstrtobool(text, &wanted);

	if (err || wanted == probe->registered)
		return err;
	if (!wanted) {
		unregister_kprobe(&probe->kprobe);
		probe->registered = false;
		return 0;
	}
	/* The kernel writes into a struct kprobe, and wants it clean. */
	probe->kprobe = (struct kprobe){
		.symbol_name = probe->function,
		.pre_handler = probe->before,
		.post_handler = probe->after,
	};
	err = register_kprobe(&probe->kprobe);
	probe->registered = !err;
	return err;
}

static int set_enabled(const char *text, const struct kernel_param *parameter)
{
	struct probe *probe = parameter->arg;
	bool wanted;
	int err = kstrtobool(text, &wanted);

	if (err)
		return err;
	return wanted ? enable_kprobe(&probe->kprobe) : disable_kprobe(&probe->kprobe);
}

static const struct kernel_param_ops registering = { .set = set_registered };
static const struct kernel_param_ops enabling = { .set = set_enabled };

#define PROBE(name, symbol, handler, post)					\\
	static struct probe name = {						\\
		.function = symbol, .before = handler, .after = post		\\
	};									\\
	module_param_cb(name, &registering, &name, 0200);			\\
	module_param_cb(name##_enabled, &enabling, &name, 0200);		\\
	module_param_named(name##_hits, name.hits, ulong, 0444)

${probes.map(declared).join('')}
static int __init probes_init(void)
{
	return 0;
}

module_init(probes_init);
MODULE_DESCRIPTION("Kprobes");
MODULE_LICENSE("Dual MIT/GPL");
`;
}

const ENABLE = (name: string, value: number) =>
  `echo ${value} > $tracing/events/kprobes/${name}/enable`;
const PARAMETER = '/sys/module/probes/parameters/';

const registered = (kind: string, name: string) =>
  `echo '${kind}:${name} ${name === 'F' ? 'recwalk_target:' : ''}${functionOf(name)}' >> $tracing/kprobe_events`;
const removed = (name: string) => `echo '-:${name}' >> $tracing/kprobe_events`;

/** The actions on an event, in four steps. */
const stepByStep = (name: string): readonly ShellAction[] => [
  { description: `register event ${name}`, commands: [registered('p', name)] },
  { description: `enable event ${name}`, commands: [ENABLE(name, 1)] },
  { description: `disable event ${name}`, commands: [ENABLE(name, 0)] },
  { description: `remove event ${name}`, commands: [removed(name)] },
];

/** The actions on P, P2 and K: a module registers the like in one step. */
const atOnce = (name: string, words: string, kind: string): readonly ShellAction[] => [
  {
    description: `register ${words} ${name}`,
    commands: [`${registered(kind, name)} &&`, `\t${ENABLE(name, 1)}`],
  },
  {
    description: `unregister ${words} ${name}`,
    commands: [
      `${ENABLE(name, 0)} || return`,
      '# A probe that could not be disarmed is still called, so it must not be freed.',
      `warns || ${removed(name)}`,
    ],
  },
];

const byModule = (name: string): readonly ShellAction[] =>
  [
    [`register kprobe ${name}`, `1 > ${PARAMETER}${name}`],
    [`enable kprobe ${name}`, `1 > ${PARAMETER}${name}_enabled`],
    [`disable kprobe ${name}`, `0 > ${PARAMETER}${name}_enabled`],
    [`unregister kprobe ${name}`, `0 > ${PARAMETER}${name}`],
  ].map(([description, write]) => ({
    description: description!,
    commands: [`/bin/echo ${write}`],
  }));

function actionsOn(name: string): readonly ShellAction[] {
  if (name === 'E' || name === 'F') return stepByStep(name);
  if (name === 'K') return atOnce(name, 'kretprobe', 'r');
  return isEvent(name) ? atOnce(name, 'kprobe', 'p') : byModule(name);
}

export const reproducer: ClientReproducer = {
  actors: ['E', 'F', 'P', 'P2', 'Q', 'Q2', 'O', 'R', 'S', 'T', 'K'],
  actions: actionsOn,
  hits: (name) =>
    isEvent(name)
      ? `awk -v name=$1 '$1 == name { hits = $2 } END { print hits + 0 }' $tracing/kprobe_profile`
      : 'cat /sys/module/probes/parameters/$1_hits',
  modules: (actors) =>
    actors.some(isInModule)
      ? [{ name: 'probes.c', text: probesModule(actors.filter(isInModule)) }]
      : [],
  requirements: (actors) =>
    actors.some(isInModule)
      ? ['[ -e /sys/module/probes ] || insmod probes.ko || skip "probes.ko cannot be loaded"']
      : [],
};
