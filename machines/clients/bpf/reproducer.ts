import type { ClientReproducer } from '../reproducer.js';
import { COPIES } from './trampoline.js';

const FUNCTIONS = ['cmdline_proc_show', 'version_proc_show'] as const;
/** Two names of function 4. */
const [FUNCTION_4, ALIAS_4] = ['__x64_sys_munlockall', '__do_sys_munlockall'];
const TYPES = ['fentry', 'fexit'] as const;

/** A program: its file without `.bpf.c`, which also names its map, and the section of its object, its attach type. */
interface ProgramFile {
  readonly file: string;
  readonly section: string;
}

// libbpf takes 8 characters of a file into the name of its map, up to the first dot.
const further = (type: (typeof TYPES)[number]): readonly (readonly [string, string])[] => [
  [type, type],
  [`${type}.second`, `${type}_s`],
  ...(type === 'fentry' ? [['fentry.many', 'fentry_c'] as const] : []),
];

const FILES: Readonly<Record<string, ProgramFile>> = Object.fromEntries([
  ...TYPES.flatMap((type) =>
    further(type).map(([name, file]) => [name, { file, section: `${type}/${FUNCTIONS[0]}` }]),
  ),
  ...TYPES.map((type) => [`${type}2`, { file: `${type}2`, section: `${type}/${FUNCTIONS[1]}` }]),
  ...TYPES.map((type) => [`${type}4`, { file: `${type}4`, section: `${type}/${FUNCTION_4}` }]),
  ...TYPES.map((type) => [`${type}.alias`, { file: `${type}_a`, section: `${type}/${ALIAS_4}` }]),
  ...TYPES.map((type) => [`${type}.multi`, { file: `${type}_m`, section: `${type}.multi` }]),
]);

const fileOf = (name: string): string => FILES[name]!.file;

/** The programs of one attach type on one function. */
const alikeIn = (actors: readonly string[]): readonly (readonly string[])[] =>
  [...new Set(actors.map((name) => FILES[name]!.section))].map((section) =>
    actors.filter((name) => FILES[name]!.section === section),
  );

const programSource = (
  { file, section }: ProgramFile,
  takesTurns: boolean,
): string => `// SPDX-License-Identifier: MIT OR GPL-2.0
/* Counts calls of ${section.includes('/') ? `${section.split('/')[1]}()` : FUNCTIONS.map((one) => `${one}()`).join(' and ')}. */
#define SEC(name) __attribute__((section(name), used))
${
  takesTurns
    ? `
/* Helper 5 is bpf_ktime_get_ns(). */
static unsigned long (*const now)(void) = (void *)5;

/* When the program ran last. */
unsigned long turn;
`
    : ''
}
unsigned long hits;

SEC("${section}")
int ${file}(void *context)
{
	hits++;
${takesTurns ? '\tturn = now();\n' : ''}	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
`;

const GONE = `
# The kernel frees a detached program a little later, unless it is still loaded.
gone() {
	[ -e /sys/fs/bpf/$1_loaded ] || [ -e /sys/fs/bpf/$1_1_loaded ] || [ -z "$(bpftool prog show name $1)" ]
}
`;

const MANY = `
# Executes a command for each copy of a program.
for_copies() {
	for copy in $(seq $1); do
		$2 $3 $copy || return
	done
}

attach_copy() {
	./attach $1.bpf.o /sys/fs/bpf/$1_$2 && return
	for_copies $(($2 - 1)) detach_copy $1
	wait_for gone $1
	return 1
}

load_copy() {
	./attach $1.bpf.o /sys/fs/bpf/$1_$2 load
}

detach_copy() {
	rm /sys/fs/bpf/$1_$2
}

unload_copy() {
	rm /sys/fs/bpf/$1_$2_loaded
}
`;

const isMany = (name: string): boolean => name.endsWith('.many');

const actionsOnCopies = (name: string) => {
  const file = fileOf(name);
  const forAll = (verb: string, more = '') => ({
    description: `${verb} ${name}`,
    commands: [`for_copies ${COPIES} ${verb}_copy ${file}${more}`],
  });
  return [
    forAll('load'),
    forAll('attach'),
    forAll('detach', ` && wait_for gone ${file}`),
    forAll('unload'),
  ];
};

const actionsOnOne = (name: string) => {
  const file = fileOf(name);
  return [
    {
      description: `load ${name}`,
      commands: [`./attach ${file}.bpf.o /sys/fs/bpf/${file} load`],
    },
    {
      description: `attach ${name}`,
      commands: [`./attach ${file}.bpf.o /sys/fs/bpf/${file}`],
    },
    {
      description: `detach ${name}`,
      commands: [`rm /sys/fs/bpf/${file} && wait_for gone ${file}`],
    },
    { description: `unload ${name}`, commands: [`rm /sys/fs/bpf/${file}_loaded`] },
  ];
};

const dump = (name: string, variable: string): string =>
  `bpftool map dump name ${fileOf(name)}.bss 2> /dev/null | grep ${variable} | grep -o '[0-9]*$'`;

export const reproducer: ClientReproducer = {
  actors: Object.keys(FILES),
  actions: (name) => (isMany(name) ? actionsOnCopies(name) : actionsOnOne(name)),
  hits: (name) =>
    isMany(name)
      ? `echo $(($(${dump(name, 'hits')} | tr '\\n' +)0))`
      : `${dump(name, 'hits')} || echo 0`,
  takingTurns: (actors) => alikeIn(actors).filter(({ length }) => length > 1),
  turn: (name) => `${dump(name, 'turn')} || echo 0`,
  programs: (actors) =>
    alikeIn(actors).flatMap((alike) =>
      alike.map((name) => ({
        name: `${fileOf(name)}.bpf.c`,
        text: programSource(FILES[name]!, alike.length > 1),
      })),
    ),
  trampolines: [
    { name: 'bpf(jmp)', pattern: "*'direct(jmp)-->bpf_trampoline_'*" },
    { name: 'bpf', pattern: "*'direct-->bpf_trampoline_'*" },
  ],
  requirements: () => ['bpftool version > /dev/null || skip "this needs bpftool"'],
  functions: (actors) => [GONE, ...(actors.some(isMany) ? [MANY] : [])],
};
