import { filled } from '../filled.js';
import { actionsOn } from './actions.js';
import { builtFor } from './beside.js';
import { FUNCTIONS } from './functions.js';
import { actorOf, type ClientStory, isEvent, isProbe, isProgram } from './story.js';

/** One story as a shell script of ordinary commands, whose output is KTAP. */
export function clientScript(story: ClientStory): string {
  const { says, head, steps, actors } = story;
  const paragraphs = [
    says,
    'For root, in a virtual machine in which nobody else traces, after make: what a broken rule leaves behind stays until the next boot.',
    `${head.design} of recwalk ${head.version}, scope ${head.scope}. Expected is what the model says. After each action is compared: what it returned; whether the kernel warned; and of each function how enabled_functions shows it, (count) flags trampoline, and what ran when it was called once, its body and who was hit; or that ftrace is dead.`,
    FUNCTIONS.map(({ name, file }, i) => `${i + 1} is ${name}(), called by reading ${file}.`).join(
      ' ',
    ),
  ];
  const about = paragraphs.map((paragraph) => filled(paragraph, 96)).join('\n\n');
  return `#!/bin/sh
# SPDX-License-Identifier: MIT OR GPL-2.0
#
${about.replace(/^/gm, '# ').replace(/ +$/gm, '')}

cd "$(dirname "$0")" || exit
export LC_ALL=C
tracing=/sys/kernel/tracing
clients="${actors.filter((actor) => actor !== 'livepatch').join(' ')}"

# The actions in ordinary commands.
act() {
	case $1 in
${actors.flatMap(actionsOn).map(branch).join('')}	esac
}

# Waits for a command to succeed, up to a minute.
wait_for() {
	seconds=0
	until "$@"; do
		[ $seconds -lt 60 ] || return
		seconds=$((seconds + 1))
		sleep 1
	done
}
${actors.some(isProgram) ? GONE : ''}
# How often a client has been hit.
hits() {
	case $1 in
${hitsOf(actors).join('')}	esac
}

# How enabled_functions shows a function.
look() {
	lines=$(grep -A 1 "^$1 (" $tracing/enabled_functions) || lines="$1 (0)"
	line=$(echo "$lines" | head -n 1 | tr '\\t' ' ')
	count=\${line#* }
	flags=
	for flag in R I D; do
		case "$line " in
		*" $flag "*) flags=$flags$flag ;;
		*) flags=$flags. ;;
		esac
	done
	case $lines in
	*'direct-->bpf_trampoline_'*) direct=bpf ;;
	*'direct-->'*'[sample]'*) direct=sample ;;
	*) direct=- ;;
	esac
	echo "\${count%%)*}) $flags $direct"
}

# What runs when reading a file calls its function once.
ran() {
	before=$(for client in $clients; do hits $client; done)
	text=$(cat $1)
	case $text in
	patched | overridden) ran=$text ;;
	*) ran=original ;;
	esac
	set -- $before
	for client in $clients; do
		times=$(($(hits $client) - $1))
		shift
		case $times in
		0) ;;
		1) ran=$ran,$client ;;
		*) ran=$ran,$client*$times ;;
		esac
	done
	echo $ran
}

warnings() {
	dmesg | grep -c 'WARNING: '
}

# Whether the kernel has warned since the last look.
warns() {
	[ $(warnings) -ne $warned ]
}

dead() {
	! cat $tracing/set_ftrace_filter > /dev/null 2>&1
}

# Does an action, and compares what came of it to what is expected.
step() {
	number=$((number + 1))
	if said=$(act "$1" 2>&1); then
		seen=0
	else
		case $said in
		*'Device or resource busy'*) seen=-EBUSY ;;
		*) seen="failed: $(echo "$said" | tr '\\n' ' ')" ;;
		esac
	fi
	sleep 1
	if warns; then
		seen="$seen; WARN"
		warned=$(warnings)
	fi
	looks="1: $(look ${FUNCTIONS[0].name}) ran $(ran ${FUNCTIONS[0].file})"
	looks="$looks; 2: $(look ${FUNCTIONS[1].name}) ran $(ran ${FUNCTIONS[1].file})"
	if dead; then
		seen="$seen; DEAD"
	elif warns; then
		seen="$seen; $looks; WARN while looking"
	else
		seen="$seen; $looks"
	fi
	warned=$(warnings)
	if [ "$seen" = "$2" ]; then
		echo "ok $number - $1 # $seen"
	else
		echo "not ok $number - $1 # expected $2 seen $seen"
		failed=$((failed + 1))
	fi
}

skip() {
	echo "1..0 # SKIP $1"
	exit 4
}

set -f
echo 'KTAP version 1'
${requirements(story).join('\n')}
number=0
failed=0
before_all=$(warnings)
warned=$before_all
echo 1..${steps.length}
echo '# ${quoted(says)}'
${steps.map(({ call, outcome }) => `step '${call}' '${outcome.join('; ')}'\n`).join('')}
${ending(story)}[ $failed -eq 0 ]
`;
}

const GONE = `
# A program that is not attached any more goes a little later.
gone() {
	[ -z "$(bpftool prog show name $1)" ]
}
`;

const quoted = (text: string) => text.replaceAll("'", "'\\''");

const branch = ({ says, commands }: ReturnType<typeof actionsOn>[number]) => `	'${says}')
${commands.map((line) => `\t\t${line}\n`).join('')}		;;
`;

/** Branches for those who are in the story; what is not there has not been hit. */
const hitsOf = (actors: readonly string[]): readonly string[] =>
  [
    {
      who: actors.filter(isProgram),
      command: `bpftool map dump name $1.bss 2> /dev/null | grep -o '[0-9]*$' || echo 0`,
    },
    {
      who: actors.filter(isEvent),
      command: `awk -v name=$1 '$1 == name { hits = $2 } END { print hits + 0 }' $tracing/kprobe_profile`,
    },
    { who: actors.filter(isProbe), command: `cat /sys/module/probes/parameters/$1_hits` },
    {
      who: actors.filter((actor) => actor === 'tracer'),
      command: `grep -c ' <-' $tracing/trace`,
    },
    {
      who: actors.filter((actor) => actor === 'sample'),
      command: `cat /sys/module/sample/parameters/hits 2> /dev/null || echo 0`,
    },
  ]
    .filter(({ who }) => who.length > 0)
    .map(({ who, command }) => `\t${who.join(' | ')}) ${command} ;;\n`);

function requirements(story: ClientStory): readonly string[] {
  const built = builtFor(story);
  return [
    '[ "$(id -u)" = 0 ] || skip "this needs root"',
    'dead && skip "this needs a living ftrace, and tracefs at $tracing"',
    `grep -qE '^(${FUNCTIONS.map(({ name }) => name).join('|')}) ' $tracing/enabled_functions && skip "the functions are traced by others"`,
    ...(built.length === 0
      ? []
      : [
          `for file in ${built.join(' ')}; do`,
          '\t[ -e $file ] || skip "$file is not there: make"',
          'done',
        ]),
    ...(story.actors.some(isProgram)
      ? ['bpftool version > /dev/null || skip "this needs bpftool"']
      : []),
    ...(story.actors.some(isProbe)
      ? ['[ -e /sys/module/probes ] || insmod probes.ko || skip "probes.ko cannot be loaded"']
      : []),
  ];
}

/** Takes away what is there in the end, in the order in which it came, last first. */
function ending({ steps }: ClientStory): string {
  const there: string[] = [];
  for (const step of steps) {
    const actor = actorOf(step);
    const [on] = actionsOn(actor);
    const at = there.indexOf(actor);
    if (at >= 0) there.splice(at, 1);
    if (step.call === on!.says && step.outcome[0] === '0') there.unshift(actor);
  }
  const actions = there.map((actor) => `'${actionsOn(actor)[1]!.says}'`);
  return `${
    actions.length === 0
      ? ''
      : `if ! dead && [ $(warnings) -eq $before_all ]; then
	for action in ${actions.join(' ')}; do
		act "$action" > /dev/null 2>&1
	done
fi
`
  }if dead || [ $(warnings) -ne $before_all ]; then
	echo '# boot anew: what is left behind may still be called'
fi
`;
}
