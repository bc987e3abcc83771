import { functionsIn } from '../../../../machines/clients/client.js';
import type { ShellAction } from '../../../../machines/clients/reproducer.js';
import { oneLine } from '../../../model/controlCharacters.js';
import { filled } from '../filled.js';
import { inShell } from '../quoted.js';
import { FUNCTIONS, type ScriptFunction } from './functions.js';
import { observation } from './observation.js';
import { builtFor } from './sharedFiles.js';
import { actionsOn, actorsIn, type ClientStory } from './story.js';

/** One story as a shell script of ordinary commands. Its output is KTAP. */
export function clientScript(story: ClientStory): string {
  const { description, head, steps, clients, scope } = story;
  const actions = [
    ...new Map(
      pairsIn(story)
        .flat()
        .map((one) => [one.description, one]),
    ).values(),
  ];
  const waits = actions.some(({ commands }) => commands.join().includes('wait_for'));
  const paragraphs = [
    description,
    `For root, in a virtual machine without other users of ftrace${builtFor(story).length > 0 ? ', after make' : ''}. The effects of a broken rule stay until the next boot.`,
    `${head.design} of recwalk ${head.version}, scope ${head.scope}. The expected outcomes are those of the model. After each action the script compares its result, whether the kernel warned, and for each function its line of enabled_functions, (count) flags trampoline, and the code that ran when it was called once${(scope.call ?? 0) > 0 ? ', after the action call alone' : ''}: its body and the clients that were hit. If ftrace is dead, it compares that instead.`,
    functionsOf(story)
      .map(({ number, name, by }) => `${number} is ${name}(), called by ${by}.`)
      .join(' '),
  ];
  const about = paragraphs.map((paragraph) => filled(oneLine(paragraph), 96)).join('\n\n');
  return `#!/bin/sh
# SPDX-License-Identifier: MIT OR GPL-2.0
#
${about.replace(/^/gm, '# ').replace(/ +$/gm, '')}

cd "$(dirname "$0")" || exit
export LC_ALL=C
tracing=/sys/kernel/tracing

# Executes an action with ordinary commands.
act() {
	case $1 in
${actions.map(branch).join('')}	esac
}
${waits ? WAIT_FOR : ''}${clients.flatMap(({ reproducer, actors }) => reproducer.functions?.(actors, story.scope) ?? []).join('')}${observation(story)}
${stepFunctions(story)}
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
printf '%s\\n' ${inShell(`# ${description}`)}
${steps.map(({ call, outcome }) => `${ends(outcome) ? ENDS : ''}step ${inShell(call)} ${inShell(outcome.join('; '))}\n`).join('')}
${ending(story)}[ $failed -eq 0 ]
`;
}

/** The shell functions that execute an action and compare its outcome. */
const stepFunctions = (
  story: ClientStory,
): string => `# Executes an action, and compares its outcome with the expected one.
step() {
	number=$((number + 1))
	if output=$(act "$1" 2>&1); then
		seen=0
	else
		case $output in
		*'Device or resource busy'*) seen=-EBUSY ;;
		*'Argument list too long'*) seen=-E2BIG ;;
		*'Operation not supported'*) seen=-EOPNOTSUPP ;;
		*'Resource temporarily unavailable'*) seen=-EAGAIN ;;
		*'Invalid argument'*) seen=-EINVAL ;;
		*'No such file or directory'*) seen=-ENOENT ;;
		*'File exists'*) seen=-EEXIST ;;
		*) seen="failed: $(echo "$output" | tr '\\n' ' ')" ;;
		esac
	fi
	sleep 1
	if oopsed; then
		seen=OOPS
		compare "$1" "$2"
		return
	fi
	if warns; then
		seen="$seen; WARN"
		warned=$(warnings)
	fi
	looks=${notesOf(story)}
${functionsOf(story)
  .map((one) => looksAt(one, (story.scope.call ?? 0) > 0))
  .join('')}	looks=${'$'}{looks#; }
	if oopsed; then
		seen=OOPS
	elif dead; then
		seen="$seen; DEAD"
	elif warns; then
		seen="$seen; $looks; WARN while looking"
	else
		seen="$seen; $looks"
	fi
	warned=$(warnings)
	compare "$1" "$2"
}

compare() {
	if [ "$seen" = "$2" ]; then
		echo "ok $number - $1 # $seen"
	else
		echo "not ok $number - $1 # expected $2 seen $seen"
		failed=$((failed + 1))
	fi
}
`;

/** The functions that the clients of the story can have. */
const functionsOf = ({ scope }: ClientStory) => {
  const numbers = functionsIn(scope);
  return FUNCTIONS.filter(({ number }) => numbers.includes(number));
};

/** Prints the facts about the clients of the story that outcomes name. */
const notesOf = ({ clients, scope }: ClientStory): string =>
  clients
    .flatMap(({ reproducer }) => reproducer.notes?.(scope) ?? [])
    .map((command) => `$(${command})`)
    .join('');

const patternOf = ({ name, pattern = name }: ScriptFunction) => pattern;

/** Appends a function to the outcome; with its run only after the action `call` if that is one of the scope's. */
const looksAt = (one: ScriptFunction, isCalled: boolean): string => {
  const looks = (text: string) => `looks="$looks${text}"\n`;
  const look = `; ${one.number}: $(look '${patternOf(one)}')`;
  const ran = ` ran $(ran ${one.command})`;
  const line = isCalled
    ? `\t${looks(look)}\t[ "$1" != call ] || ${looks(ran)}`
    : `\t${looks(`${look}${ran}`)}`;
  return one.file
    ? `\tif [ -e ${one.file} ]; then\n${line.replace(/^/gm, '\t').trimEnd()}\n\tfi\n`
    : line;
};

const ends = ([end]: readonly string[]) => end === 'PANIC' || end === 'OOPS';
const ENDS = "echo '# the kernel panics or oopses in the next step'\n";

const WAIT_FOR = `
# Waits for a command to succeed, up to a minute.
wait_for() {
	seconds=0
	until "$@"; do
		[ $seconds -lt 60 ] || return
		seconds=$((seconds + 1))
		sleep 1
	done
}
`;

const branch = ({ description, commands }: ShellAction) => `	'${description}')
${commands.map((line) => `\t\t${line}\n`).join('')}		;;
`;

function requirements(story: ClientStory): readonly string[] {
  const built = builtFor(story);
  return [
    '[ "$(id -u)" = 0 ] || skip "this needs root"',
    'dead && skip "this needs a living ftrace, and tracefs at $tracing"',
    `grep -qE '^(${functionsOf(story)
      .map(patternOf)
      .join('|')}) ' $tracing/enabled_functions && skip "another user traces the functions"`,
    ...(built.length === 0
      ? []
      : [
          `for file in ${built.join(' ')}; do`,
          '\t[ -e $file ] || skip "$file is not there: make"',
          'done',
        ]),
    ...story.clients.flatMap(({ reproducer, actors }) => reproducer.requirements?.(actors) ?? []),
  ];
}

/** The actions of a story's actors that it needs, each with the one that undoes it. */
const pairsIn = (story: ClientStory): (readonly [add: ShellAction, remove: ShellAction])[] =>
  actorsIn(story)
    .flatMap((actor) => {
      const all = actionsOn(actor, story.scope);
      return all.slice(0, all.length / 2).map((add, i) => [add, all[all.length - 1 - i]!] as const);
    })
    .filter((pair) =>
      story.steps.some(({ call }) => pair.some(({ description }) => description === call)),
    );

/** Shell code that undoes what is left at the end, the newest first. */
function ending(story: ClientStory): string {
  const { steps } = story;
  const undo: string[] = [];
  for (const { call, outcome } of steps) {
    if (outcome[0] !== '0') continue;
    const at = undo.indexOf(`'${call}'`);
    if (at >= 0) undo.splice(at, 1);
    const pair = pairsIn(story).find(([add]) => add.description === call);
    if (pair) undo.unshift(`'${pair[1].description}'`);
  }
  return `${
    undo.length === 0
      ? ''
      : `if ! oopsed && ! dead && [ $(warnings) -eq $before_all ]; then
	for action in ${undo.join(' ')}; do
		act "$action" > /dev/null 2>&1
	done
fi
`
  }if oopsed || dead || [ $(warnings) -ne $before_all ]; then
	echo '# reboot: the kernel may still call what is left'
fi
`;
}
