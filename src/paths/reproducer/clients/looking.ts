import { type ClientStory, isEvent, isProbe, isProgram } from './story.js';

/** The shell functions with which a script observes the effects of an action. */
export const looking = ({
  actors,
}: ClientStory): string => `clients="${actors.filter((actor) => actor !== 'livepatch').join(' ')}"

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
`;

/** Branches for the clients in the story. A client that is not loaded has 0 hits. */
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
