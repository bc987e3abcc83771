import { runnersOf } from './actors.js';
import type { Needs } from './needs.js';
import type { Story } from './story.js';

const WARNS = `/* Whether the kernel has warned since the last look; the taint says so once a boot. */
static bool warned;
static notrace bool warns(void)
{
	bool news = !warned && test_taint(TAINT_WARN);

	warned |= news;
	return news;
}
`;

const DEAD = `/* A dead ftrace lets no filter change; this ops is never registered. */
static notrace bool ftrace_is_dead(void)
{
	static struct ftrace_ops probe;

	return ftrace_set_filter_ip(&probe, IP(RECORD(1)), 0, 0) == -ENODEV;
}
`;

const LINES = `/* All of enabled_functions; kernel_read() would not read it. */
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
static notrace void say_line(int number)
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
	say(got, "; %d: (%ld) %s ", number, count, flags);
	/* From 7.0 the kernel tells direct(jmp)--> from direct-->. */
	at = at && str_has_prefix(at, "\\n\\tdirect") ? strstr(at, "-->") : NULL;
	if (at)
		say(got, "%.*s", (int)strcspn(at + 3, "+ \\n"), at + 3);
	else
		say(got, "-");
}
`;

const runs = (
  runners: readonly string[],
) => `static notrace void say_run(const char *name, unsigned long *times)
{
	for (; *times; --*times)
		say(got, "%s,", name);
}

/* Calls a function and says what ran. */
static notrace void say_runs(int number)
{
	char *end;

	say(got, " ran ");
	RECORD(number)();
${runners.map((runner) => `\tsay_run("${runner}", &ran_${runner});\n`).join('')}	end = got + strlen(got) - 1;
	if (*end == ',')
		*end = 0;
	else
		say(got, "-");
}
`;

/** The C code with which a module observes the effects of a call. */
export const looking = (story: Story, { skip }: Needs): readonly string[] => [
  WARNS,
  DEAD,
  LINES,
  line(skip ? ' + skip' : ''),
  runs(story.ops.flatMap((ops) => runnersOf(story, ops))),
];
