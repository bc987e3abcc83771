import type { Client, ClientView } from '../../../../machines/clients/client.js';
import { clients as allClients } from '../../../../machines/clients/clients.js';
import type { ClientActors, ClientStory } from './story.js';

/** The shell functions with which a script observes the effects of an action. */
export const observation = ({ clients }: ClientStory): string => `clients="${clients
  .flatMap(counted)
  .map(({ actor }) => actor)
  .join(' ')}"

# Prints how often a client was hit.
hits() {
	case $1 in
${hitsOf(clients).join('')}	esac
}
${inOrder(clients)}
# Prints the line of a function in enabled_functions.
look() {
	lines=$(grep -A 1 "^$1 [[(]" $tracing/enabled_functions) || lines="$1 (0)"
	line=$(echo "$lines" | head -n 1 | tr '\\t' ' ')
	count="(\${line#*(}"
	flags=
	for flag in R I D; do
		case "$line " in
		*" $flag "*) flags=$flags$flag ;;
		*) flags=$flags. ;;
		esac
	done
	case $lines in
${trampolines.join('')}	*) direct=- ;;
	esac
	echo "\${count%%)*}) $flags $direct"
}

# Prints the code that runs when a command calls a function once.
ran() {
	before=$(for client in $clients; do echo "$client $(hits $client)"; done)
	text=$("$@")
	case $text in
	patched | patched2 | replaced | overridden) ran=$text ;;
	*) ran=original ;;
	esac
	for client in ${takingTurns(clients).length > 0 ? '$(in_order)' : '$clients'}; do
		was=$(echo "$before" | grep "^$client ")
		times=$(($(hits $client) - \${was#* }))
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

# Whether the kernel has warned since the last check.
warns() {
	[ $(warnings) -ne $warned ]
}

oopsed() {
	dmesg | grep -q ' Oops: '
}

dead() {
	! cat $tracing/set_ftrace_filter > /dev/null 2>&1
}
`;

/** Branches that recognize the trampolines of all clients: a story may find one of a client that is not in it. */
const trampolines = (allClients as readonly Client<never, ClientView>[]).flatMap(
  ({ reproducer: { trampolines: all = [] } }) =>
    all.map(({ name, pattern }) => `\t${pattern}) direct='${name}' ;;\n`),
);

/** The actors of a client that something counts, with the command that prints the count. */
const counted = ({ reproducer, actors }: ClientActors) =>
  actors.flatMap((actor) => {
    const command = reproducer.hits?.(actor);
    return command === undefined ? [] : [{ actor, command }];
  });

const takingTurns = (clients: readonly ClientActors[]) =>
  clients.flatMap(({ reproducer, actors }) => reproducer.takingTurns?.(actors) ?? []);

/** A shell function that prints the clients; those that take turns in the order in which they ran last. */
function inOrder(clients: readonly ClientActors[]): string {
  const groups = takingTurns(clients);
  if (groups.length === 0) return '';
  const turns = clients.flatMap(({ reproducer, actors }) =>
    actors
      .filter((actor) => groups.some((group) => group.includes(actor)))
      .map((actor) => `\t${actor}) ${reproducer.turn!(actor)} ;;\n`),
  );
  const lines = clients.flatMap(counted).flatMap(({ actor }) => {
    const group = groups.find((one) => one.includes(actor));
    if (group === undefined) return [`\techo ${actor}\n`];
    return actor === group[0] ? [`\tby_turn ${group.join(' ')}\n`] : [];
  });
  return `
# Prints when a client ran last.
turn() {
	case $1 in
${turns.join('')}	esac
}

by_turn() {
	for one; do
		echo "$(turn $one) $one"
	done | sort -n | cut -d ' ' -f 2
}

# Prints the clients, and alike ones in the order in which they ran last.
in_order() {
${lines.join('')}}
`;
}

/** A branch for each way to count. A client that is not loaded has 0 hits. */
function hitsOf(clients: readonly ClientActors[]): readonly string[] {
  const all = clients.flatMap(counted);
  return [...new Set(all.map(({ command }) => command))].map((command) => {
    const actors = all.filter((one) => one.command === command).map(({ actor }) => actor);
    return `\t${actors.join(' | ')}) ${command} ;;\n`;
  });
}
