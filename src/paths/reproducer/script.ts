import { oneLine } from '../../model/controlCharacters.js';
import type { TraceStep } from '../format.js';
import { reportOf } from './expected.js';
import { inShell } from './quoted.js';
import { ShellCalls } from './shellCalls.js';
import type { Story } from './story.js';

/** Functions that a shell can trigger, each by reading a file that calls no other of them. */
const FUNCTIONS: readonly (readonly [name: string, file: string])[] = [
  ['version_proc_show', '/proc/version'],
  ['cmdline_proc_show', '/proc/cmdline'],
  ['uptime_proc_show', '/proc/uptime'],
  ['loadavg_proc_show', '/proc/loadavg'],
  ['filesystems_proc_show', '/proc/filesystems'],
  ['meminfo_proc_show', '/proc/meminfo'],
  ['show_softirqs', '/proc/softirqs'],
  ['devinfo_show', '/proc/devices'],
];

/**
 * One story as a test of ftracetest. It fails at the first step that is not as expected. ftracetest reads a
 * description only up to a colon, so the description has commas instead.
 */
export function scriptOf(story: Story): string {
  const { description, head, ops, records, steps } = story;
  const kprobes = ops.some(({ kind }) => kind === 'regs');
  const functions = FUNCTIONS.slice(0, records);
  const warns = steps.map(reportOf).some(({ warned }) => warned);
  return `#!/bin/sh
# SPDX-License-Identifier: MIT OR GPL-2.0
# description: ${oneLine(description).replaceAll(':', ',')}
# requires: set_ftrace_filter enabled_functions instances function:tracer${kprobes ? ' kprobe_events' : ''}
#
# Design ${oneLine(head.design)} of recwalk ${head.version}, scope ${oneLine(head.scope ?? '')}. The expected outcomes are those of the design.
${ops.map(({ name, kind }) => `# ${name}: ${kind === 'regs' ? 'the ops of all kprobes, with SAVE_REGS' : 'the function tracer of an instance'}\n`).join('')}
${functions.map(([name, file], i) => `function_${i + 1}=${name} file_${i + 1}=${file}\n`).join('')}ops="${ops.map(({ name }) => name).join(' ')}"

cleanup() {
	result=$?
	set +e
	echo 1 > /proc/sys/kernel/ftrace_enabled
	for name in $ops; do
		echo nop > instances/$name/current_tracer
${kprobes ? '\t\techo 0 > instances/$name/events/enable\n' : ''}		rmdir instances/$name
	done
${kprobes ? '\techo > kprobe_events\n' : ''}	exit $result
}

# Whether the kernel has warned since its boot; the taint changes at the first WARN only.
warned() {
	[ $(($(cat /proc/sys/kernel/tainted) & 512)) -ne 0 ]
}

fail() {
	echo "$1"
	exit 1
}

# How enabled_functions shows a function, "(count) flags", and the ops that trace a call of it.
expect() {
	eval "function=\\$function_$1 file=\\$file_$1"
	line=$(grep "^$function (" enabled_functions) || line="$function (0)"
	count=\${line#* }
	letters=
	for word in \${line#*)}; do
		case $word in
		R | I | D) letters=$letters$word ;;
		*) break ;;
		esac
	done
	for name in $ops; do
		echo > instances/$name/trace
	done
	cat $file > /dev/null
	traced=
	for name in $ops; do
		if grep -q "[ (]$function[ +]" instances/$name/trace; then
			traced=$traced,$name
		fi
	done
	traced=\${traced#,}
	seen="\${count%%)*}) \${letters:--} ran \${traced:--}"
	[ "$seen" = "$2" ] || fail "$function: expected $2, seen $seen"
}

! grep -qE "^(${functions.map(([name]) => name).join('|')}) " enabled_functions || exit_unresolved
cat set_ftrace_filter > /dev/null || exit_unresolved
${warns ? '! warned || exit_unresolved\n' : ''}trap cleanup EXIT
for name in $ops; do
	mkdir instances/$name
done
${stepsOf(story)}`;
}

function stepsOf(story: Story): string {
  const calls = new ShellCalls(story);
  let warned = false;
  return story.steps
    .map((step, i) => {
      const { errno, warned: warns, dead } = reportOf(step);
      const made = calls.next(step);
      const lines =
        errno === 0
          ? [...made]
          : made.map((line) => `if (${line}); then fail "it did not fail"; fi`);
      if (warns && !warned) lines.push('warned || fail "no warning"');
      else if (!warned) lines.push('! warned || fail "a warning"');
      warned ||= warns;
      return `
# ${i + 1}. ${oneLine(step.call)}
${[...lines, ...looks(step, dead)].join('\n')}
`;
    })
    .join('');
}

const DEAD = 'if cat set_ftrace_filter > /dev/null 2>&1; then fail "ftrace is not dead"; fi';

/** Matches a part of an outcome such as `1: (2) R.. - ran T,S`. */
const LOOK = /^(\d+): (\(\d+\)) (\S+) \S+ ran (\S+)$/;

function looks(step: TraceStep, dead: boolean): readonly string[] {
  if (dead) return [DEAD];
  return step.outcome.flatMap((part) => {
    const [, number, count, flags, ran] = LOOK.exec(part) ?? [];
    if (number === undefined) return [];
    const letters = flags!.replaceAll('.', '') || '-';
    return [`expect ${number} ${inShell(`${count} ${letters} ran ${ran}`)}`];
  });
}
