import { runnersOf } from './actors.js';
import type { Needs } from './needs.js';
import type { Story } from './story.js';

const WARNS = `/* Whether the kernel has warned since the last check; the taint changes once a boot. */
static bool warned;
static notrace bool warns(void)
{
	bool is_new = !warned && test_taint(TAINT_WARN);

	warned |= is_new;
	return is_new;
}
`;

const DEAD = `/* A dead ftrace refuses every filter change; this ops is never registered. */
static notrace bool ftrace_is_dead(void)
{
	static struct ftrace_ops probe;

	return ftrace_set_filter_ip(&probe, IP(RECORD(1)), 0, 0) == -ENODEV;
}
`;

const LINES = `/* Reads all of enabled_functions; kernel_read() refuses this file. */
static struct file *enabled_functions;
static char lines[1 << 16];
static notrace void read_lines(void)
{
	struct kvec room = { lines, sizeof(lines) - 1 };
	struct kiocb from;
	struct iov_iter to;

	memset(lines, 0, sizeof(lines));
	init_sync_kiocb(&from, enabled_functions);
	iov_iter_kvec(&to, READ, &room, 1, room.iov_len);
	while (seq_read_iter(&from, &to) > 0)
		;
}
`;

const line = (
  skip: string,
) => `/* A function as enabled_functions shows it: count, flags, the trampoline of its direct ops. */
static notrace void append_line(int number)
{
	char name[80], flags[] = "...", *at;
	long count = 0;

	scnprintf(name, sizeof(name), "record_%d [%s]", number${skip}, KBUILD_MODNAME);
	at = strstr(lines, name);
	if (at) {
		at += strlen(name) + 2;
		count = simple_strtol(at, &at, 10);
		for (; *at && *at != '\\t' && *at != '\\n'; at++) {
			if (*at == 'R')
				flags[0] = 'R';
			if (*at == 'I')
				flags[1] = 'I';
			if (*at == 'D')
				flags[2] = 'D';
		}
		at = strchr(at, '\\n');
	}
	append(got, "; %d: (%ld) %s ", number, count, flags);
	/* From 7.0 the kernel prints direct(jmp)--> for a jump. */
	at = at && str_has_prefix(at, "\\n\\tdirect") ? strstr(at, "-->") : NULL;
	if (at)
		append(got, "%.*s", (int)strcspn(at + 3, "+ \\n"), at + 3);
	else
		append(got, "-");
}
`;

const runs = (
  runners: readonly string[],
) => `static notrace void append_run(const char *name, unsigned long *times)
{
	for (; *times; --*times)
		append(got, "%s,", name);
}

/* Calls a function and appends the code that ran. */
static notrace void append_runs(int number)
{
	char *end;

	append(got, " ran ");
	RECORD(number)();
${runners.map((runner) => `\tappend_run("${runner}", &ran_${runner});\n`).join('')}	end = got + strlen(got) - 1;
	if (*end == ',')
		*end = 0;
	else
		append(got, "-");
}
`;

/** The C code with which a module observes the effects of a call. */
export const observation = (story: Story, { skip }: Needs): readonly string[] => [
  WARNS,
  DEAD,
  LINES,
  line(skip ? ' + skip' : ''),
  runs(story.ops.flatMap((ops) => runnersOf(story, ops))),
];
