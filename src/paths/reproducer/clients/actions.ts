import { isEvent, isProbe, isProgram } from './story.js';

/** An action, and its shell commands. */
export interface Action {
  readonly description: string;
  readonly commands: readonly string[];
}

const both = (
  description: readonly [on: string, off: string],
  on: readonly string[],
  off: readonly string[],
): readonly Action[] => [
  { description: description[0], commands: on },
  { description: description[1], commands: off },
];

const program = (name: string) =>
  both(
    [`attach ${name}`, `detach ${name}`],
    [`./attach ${name}.bpf.o /sys/fs/bpf/${name}`],
    [`rm /sys/fs/bpf/${name} && wait_for gone ${name}`],
  );

const event = (name: string) =>
  both(
    [`register kprobe ${name}`, `unregister kprobe ${name}`],
    [
      `echo 'p:${name} cmdline_proc_show' >> $tracing/kprobe_events &&`,
      `\techo 1 > $tracing/events/kprobes/${name}/enable`,
    ],
    [
      `echo 0 > $tracing/events/kprobes/${name}/enable || return`,
      '# A probe that could not be disarmed is still called: it is not freed.',
      `warns || echo '-:${name}' >> $tracing/kprobe_events`,
    ],
  );

const probe = (name: string) =>
  both(
    [`register kprobe ${name}`, `unregister kprobe ${name}`],
    [`/bin/echo 1 > /sys/module/probes/parameters/${name}`],
    [`/bin/echo 0 > /sys/module/probes/parameters/${name}`],
  );

const livepatch = both(
  ['enable livepatch', 'disable livepatch'],
  ['insmod patch.ko && wait_for grep -q 0 /sys/kernel/livepatch/patch/transition'],
  [
    'echo 0 > /sys/kernel/livepatch/patch/enabled &&',
    '\twait_for [ ! -e /sys/kernel/livepatch/patch ] && wait_for rmmod patch',
  ],
);

const tracer = both(
  ['start tracer', 'stop tracer'],
  [
    "printf 'cmdline_proc_show\\nversion_proc_show\\n' > $tracing/set_ftrace_filter &&",
    '\techo function > $tracing/current_tracer',
  ],
  ['echo nop > $tracing/current_tracer &&', '\techo > $tracing/set_ftrace_filter'],
);

const sample = both(['load sample', 'unload sample'], ['insmod sample.ko'], ['rmmod sample']);

/** The actions on an actor: the one that adds it, then the one that removes it. */
export function actionsOn(actor: string): readonly Action[] {
  if (isProgram(actor)) return program(actor);
  if (isEvent(actor)) return event(actor);
  if (isProbe(actor)) return probe(actor);
  if (actor === 'livepatch') return livepatch;
  return actor === 'tracer' ? tracer : sample;
}
