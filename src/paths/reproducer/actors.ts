import type { OpsInput } from '../../../machines/ops/context.js';
import type { Needs } from './needs.js';
import { madeIn, type Story } from './story.js';

const TRAMPOLINE = String.raw`/* Called in place of __fentry__, so it may change no register: it counts and returns. */
#define TRAMPOLINE(name)							\
	unsigned long ran_##name;						\
	extern char name[];							\
	asm("	.pushsection .text, \"ax\", @progbits\n"			\
	    "	.type " #name ", @function\n"					\
	    "	.balign 16\n"							\
	    #name ":\n"								\
	    "	" ASM_ENDBR							\
	    "	incq ran_" #name "(%rip)\n"					\
	    "	" ASM_RET							\
	    "	.size " #name ", . - " #name "\n"				\
	    "	.popsection\n")
`;

const OWNERS = `/* Records a callback to an owner, and returns its answer. */
static notrace int record_callback(const char *ops, enum ftrace_ops_cmd cmd, int answer)
{
	static const char *const commands[] = {
		[FTRACE_OPS_CMD_ENABLE_SHARE_IPMODIFY_SELF] = "SELF",
		[FTRACE_OPS_CMD_ENABLE_SHARE_IPMODIFY_PEER] = "PEER",
		[FTRACE_OPS_CMD_DISABLE_SHARE_IPMODIFY_PEER] = "DISABLE",
	};

	append(callbacks, "; %s %s %d", ops, commands[cmd], answer);
	return answer;
}
`;

const opsFunc = (
  name: string,
  body: string,
) => `static notrace int ${name}_ops_func(OWNER_ARGUMENTS)
{
${body}}
`;

const agreeing = (name: string) => opsFunc(name, `\treturn record_callback("${name}", cmd, 0);\n`);

/** The C code of each kind of owner of a direct ops; machines/owners has each kind as a machine. */
const ownerOf: Readonly<Record<OpsInput['owner'], (name: string, records: number) => string>> = {
  absent: () => '',
  willing: agreeing,
  trying: agreeing,
  locking: agreeing,
  refusing: (name) => opsFunc(name, `\treturn record_callback("${name}", cmd, -EBUSY);\n`),
  positive: (name) => opsFunc(name, `\treturn record_callback("${name}", cmd, 1);\n`),
  bpf: (name) => `static bool ${name}_shares;
${opsFunc(
  name,
  `	bool not_yet = cmd == FTRACE_OPS_CMD_ENABLE_SHARE_IPMODIFY_SELF && !${name}_shares;

	${name}_shares = cmd != FTRACE_OPS_CMD_DISABLE_SHARE_IPMODIFY_PEER;
	return record_callback("${name}", cmd, not_yet ? -EAGAIN : 0);
`,
)}`,
  moving: (name, records) =>
    opsFunc(
      name,
      `	int n, err = -ENOENT;

	if (cmd == FTRACE_OPS_CMD_ENABLE_SHARE_IPMODIFY_PEER)
		for (n = 1; n <= ${records} && err == -ENOENT; n++)
			err = ftrace_set_filter_ip(ops, IP(RECORD(n)), 1, 0);
	return record_callback("${name}", cmd, 0);
`,
    ),
  scripted: (name) => `static int ${name}_script[2];
${opsFunc(
  name,
  `	int answer = ${name}_script[0];

	${name}_script[0] = ${name}_script[1];
	${name}_script[1] = 0;
	if (answer < ADD)
		return record_callback("${name}", cmd, answer);
	if (cmd != FTRACE_OPS_CMD_ENABLE_SHARE_IPMODIFY_SELF)
		change_own_filter(ops, answer);
	return record_callback("${name}", cmd, 0);
`,
)}`,
};

const SCRIPTED = `/* In a script: the owner first adds a function to its own filter, or removes one. */
enum { ADD = 100, REMOVE = 200 };

static notrace void change_own_filter(struct ftrace_ops *ops, int answer)
{
	int remove = answer >= REMOVE;

	ftrace_set_filter_ip(ops, IP(RECORD(answer - (remove ? REMOVE : ADD))), remove, 0);
}
`;

const OWNER_DESCRIPTION: Readonly<Record<OpsInput['owner'], string>> = {
  absent: 'without ops_func',
  willing: 'whose owner always agrees',
  trying: 'whose owner agrees while its lock is free',
  locking: 'whose owner waits for its lock and agrees',
  refusing: 'whose owner always refuses',
  positive: 'whose owner answers 1',
  bpf: 'whose owner is like that of BPF: -EAGAIN to SELF until it shares',
  scripted: 'whose owner answers as scripted in the story, else 0',
  moving: 'whose owner, on PEER, takes a function out of its filter and agrees',
};

const FUNC = 'unsigned long ip, unsigned long parent_ip,';
const FUNC_REST = '\t\t\t   struct ftrace_ops *ops, struct ftrace_regs *fregs)';

const tracer = (name: string, flags: string) => `unsigned long ran_${name};
static notrace void ${name}_func(${FUNC}
${FUNC_REST}
{
	ran_${name}++;
}
static struct ftrace_ops ${name} = { .func = ${name}_func${flags} };
`;

const opsOf: Readonly<
  Record<OpsInput['kind'], (ops: OpsInput, records: number, runners: readonly string[]) => string>
> = {
  tracer: ({ name }) => `/* ${name}: a tracer. */
${tracer(name, '')}`,
  regs: ({ name }) => `/* ${name}: a tracer with SAVE_REGS. */
${tracer(name, ', .flags = FTRACE_OPS_FL_SAVE_REGS')}`,
  ipmodify: ({ name }) => `/* ${name}: IPMODIFY, ${name}_body runs in place of the function. */
unsigned long ran_${name};
static noinline notrace void ${name}_body(void)
{
	ran_${name}++;
}
static notrace void ${name}_func(${FUNC}
${FUNC_REST}
{
	set_ip(fregs, IP(${name}_body));
}
static struct ftrace_ops ${name} = {
	.func = ${name}_func,
	.flags = FTRACE_OPS_FL_SAVE_REGS | FTRACE_OPS_FL_IPMODIFY,
};
`,
  direct: (
    { name, owner },
    records,
    runners,
  ) => `/* ${name}: direct, ${OWNER_DESCRIPTION[owner]}. */
${runners.map((runner) => `TRAMPOLINE(${runner});\n`).join('')}${ownerOf[owner](name, records)}static struct ftrace_ops ${name}${owner === 'absent' ? '' : ` = { .ops_func = ${name}_ops_func }`};
`,
};

/** The C code of the ops of a story, with their bodies or trampolines and their owners. */
export const actors = (story: Story, { direct, owners }: Needs): readonly string[] => [
  ...(direct ? [TRAMPOLINE] : []),
  ...(owners ? [OWNERS] : []),
  ...(story.ops.some(({ owner }) => owner === 'scripted') ? [SCRIPTED] : []),
  ...story.ops.map((one) => opsOf[one.kind](one, story.records, runnersOf(story, one))),
];

/**
 * Names of the run counters of an ops: the ops itself, or the trampolines of a direct one. A direct ops needs a second
 * trampoline only for modify and `unregister other`.
 */
export const runnersOf = (story: Story, { name, kind }: OpsInput): readonly string[] => {
  if (kind !== 'direct') return [name];
  const types = story.steps
    .map((step) => madeIn(story, step))
    .filter(({ ops }) => ops?.name === name)
    .map(({ type }) => type);
  return types.includes('modify') || types.includes('unregister other')
    ? [`${name}_a`, `${name}_b`]
    : [`${name}_a`];
};
