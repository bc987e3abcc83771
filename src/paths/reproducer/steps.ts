import { Calls, reproducerOf } from './calls.js';
import { expectedOf, reportOf } from './expected.js';
import type { Needs } from './needs.js';
import { inC } from './quoted.js';
import { madeIn, type Story } from './story.js';

/** Maximum columns of a line of C in the kernel. */
const COLUMNS = 100;
const TAB = 8;
/** Indent that aligns a line with the first argument of `step(`. */
const INSET = '     ';

const step = (
  records: number,
  owners: boolean,
) => `/* Compares the outcome of a call with the expected one; err is its return value. */
static notrace void step(const char *call, int err, const char *expected)
{
	static int number;
	int n;

	scnprintf(got, sizeof(got), "%d${owners ? '%s", err, callbacks);\n\t*callbacks = 0;' : '", err);'}
	if (warns())
		append(got, "; WARN");
	if (ftrace_is_dead()) {
		append(got, "; DEAD");
	} else {
		read_lines();
		for (n = 1; n <= ${records}; n++) {
			append_line(n);
			append_runs(n);
		}
	}
	if (warns())
		append(got, "; WARN while looking");
	if (strcmp(got, expected))
		pr_info("not ok %d - %s # expected %s got %s\\n", ++number, call, expected, got);
	else
		pr_info("ok %d - %s # %s\\n", ++number, call, got);
}
`;

const oops = (
  records: number,
) => `/* A thread of its own calls the functions; an oops kills it before it completes. */
static struct completion returned;
static int call_all(void *unused)
{
	int n;

	for (n = 1; n <= ${records}; n++)
		RECORD(n)();
	complete(&returned);
	return 0;
}

static notrace void step_to_oops(int number, const char *call, int err, int expected)
{
	bool survived;

	init_completion(&returned);
	kthread_run(call_all, NULL, KBUILD_MODNAME);
	survived = wait_for_completion_timeout(&returned, HZ);
	pr_info("%sok %d - %s # expected %d and an oops, got %d and %s\\n",
		err == expected && !survived ? "" : "not ", number, call, expected, err,
		survived ? "none" : "one");
}
`;

/** The C functions that the calls of a story need besides the kernel's own. */
export const stepFunctions = (story: Story, needs: Needs): readonly string[] => [
  ...helpers(story, needs),
  step(story.records, needs.owners),
  ...(needs.oops ? [oops(story.records)] : []),
];

const helpers = (story: Story, { skip }: Needs): ReadonlySet<string> =>
  new Set(
    story.steps.flatMap((one) => {
      const { helper } = reproducerOf(madeIn(story, one));
      return helper === undefined ? [] : [helper(skip ? ' + skip' : '')];
    }),
  );

/** The C statements of the story, call by call, then the cleanup. The caller indents each line by one tab. */
export function storyStatements(story: Story): readonly string[] {
  const calls = new Calls(story);
  let warned = false;
  const statements = story.steps.flatMap((one, i) => {
    const { errno, warned: warns, oops: jumps } = reportOf(one);
    const call = calls.next(one, errno === 0);
    const expected = expectedOf(one, warned);
    warned ||= warns;
    const made = madeIn(story, one);
    const forgets = made.ops?.owner === 'bpf' && /unregister/.test(made.type) && errno === 0;
    return [
      ...(jumps
        ? [`step_to_oops(${i + 1}, ${inC(one.call)}, ${call}, ${errno});`]
        : stepLines(one.call, call, expected)),
      ...(forgets ? [`${made.ops!.name}_shares = false;`] : []),
    ];
  });
  return [...statements, '', ...calls.undo()];
}

/** The call and its expected outcome: in one line, in two, or with a line for each part. */
function stepLines(
  description: string,
  call: string,
  expected: readonly string[],
): readonly string[] {
  const begin = `step(${inC(description)}, ${call},`;
  const whole = `${inC(expected.join('; '))});`;
  if (begin.length + whole.length + TAB < COLUMNS) return [`${begin} ${whole}`];
  if (whole.length + INSET.length + TAB <= COLUMNS) return [begin, INSET + whole];
  const last = expected.length - 1;
  return [
    begin,
    ...expected.map(
      (part, i) => `${INSET}${inC(i === 0 ? part : `; ${part}`)}${i === last ? ');' : ''}`,
    ),
  ];
}
