import { MESSAGE_LIMIT } from '../../interpret/interpreter.js';

/**
 * The calls in C: delivers messages depth-first over the transition tables, and evaluates rules on the graph of their
 * decisions. Written independently of the engine, not translated from it, so that each checks the other.
 */
export const interpreter = String.raw`
struct call {
	int at[COMPONENTS];
	int delivered;
	int emitted_count;
	int emitted[MAX_EMITTED];
	int finding;
};
static struct call current, repeated;
static int before[COMPONENTS];
static int stimulus, emitted_sequence, repetitions, found;
extern int readtrail, done;
extern unsigned char warned;
static char *reported;
static pid_t first_process;

/* Each core is a process, so the lines already printed are recorded in shared memory. */
__attribute__((constructor)) static void share(void)
{
	first_process = getpid();
	reported = mmap(NULL, LINES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (reported == MAP_FAILED) {
		perror("mmap");
		exit(1);
	}
}

static void missing(const char *what, int number)
{
	fprintf(stderr, "recwalk: unknown %s %d: Spin needs it and recwalk never computed it, so one of the two is wrong\n", what, number);
	printf("recwalk: unknown %s %d\n", what, number);
	fflush(stdout);
	if (getpid() != first_process)
		kill(first_process, SIGTERM);
	exit(70);
}

static void report(int number)
{
	if (number == STOP || (STOP == 0 && number > RULES + GOALS))
		found = 1;
	if (__sync_lock_test_and_set(&reported[number], 1) == 0) {
		printf("recwalk: %s\n", lines[number]);
		fflush(stdout);
	}
}

static int answer_of(int component, int state, int message)
{
	int answer = cells[cells_at[component] + state * messages[component] + message];
	if (answer == 0)
		missing("cell of component", component);
	return answer;
}

/* The stack of answers with undelivered messages: the next message and the end of each. */
static int *pending;
static int capacity;

static void push_pending(int depth, int next_output, int end)
{
	if (depth == capacity) {
		capacity = capacity ? 2 * capacity : 64;
		pending = realloc(pending, 2 * capacity * sizeof *pending);
		if (pending == NULL) {
			perror("realloc");
			exit(1);
		}
	}
	pending[2 * depth] = next_output;
	pending[2 * depth + 1] = end;
}

/* Delivers one message of the stimulus, and depth-first every message that follows from it. */
static int deliver(struct call *call, int component, int message)
{
	int depth = 0, i = 0, end = 0;
	for (;;) {
		int answer = answer_of(component, call->at[component], message);
		if (answer == UNHANDLED) {
			call->finding = unhandled_lines[unhandled_lines_at[component] + message];
			return 0;
		}
		/* recwalk executed every call that ends, and none of them has more messages. */
		if (++call->delivered > ${MESSAGE_LIMIT})
			return 0;
		call->at[component] = next[answer];
		if (i < end)
			push_pending(depth++, i, end);
		i = outputs_at[answer];
		end = outputs_at[answer + 1];
		for (;;) {
			while (i == end) {
				if (depth == 0)
					return 1;
				depth--;
				i = pending[2 * depth];
				end = pending[2 * depth + 1];
			}
			component = outputs[i];
			message = outputs[i + 1];
			i += 2;
			if (component < COMPONENTS)
				break;
			if (call->emitted_count == MAX_EMITTED)
				return 0;
			call->emitted[call->emitted_count++] = message;
		}
	}
}

static int is_enabled(const int *at, int number)
{
	for (int i = stimuli_at[number]; i < stimuli_at[number + 1]; i += 2)
		if (answer_of(stimuli[i], at[stimuli[i]], stimuli[i + 1]) == UNHANDLED)
			return 0;
	return 1;
}

static int execute(struct call *call, int number)
{
	call->delivered = call->emitted_count = 0;
	call->finding = LIVELOCK;
	for (int i = stimuli_at[number]; i < stimuli_at[number + 1]; i += 2)
		if (!deliver(call, stimuli[i], stimuli[i + 1]))
			return 0;
	return 1;
}

static int sequence(const struct call *call)
{
	int node = 0;
	for (int i = 0; i < call->emitted_count; i++) {
		int at = 2 * (sequences_at[node] + call->emitted[i]);
		if (sequences[at] != node)
			missing("sequence of messages that begins with", node);
		node = sequences[at + 1];
	}
	return node;
}

/* Repeats the call. 0 if it is disabled then, else one more than the number of the messages emitted. */
static int repeat_call(void)
{
	if (repetitions++ == 0)
		memcpy(repeated.at, current.at, sizeof current.at);
	if (!is_enabled(repeated.at, stimulus) || !execute(&repeated, stimulus))
		return 0;
	return sequence(&repeated) + 1;
}

static int answer_to(int question)
{
	int from = subjects[question];
	int column = columns_at[question];
	if (from < COMPONENTS)
		return columns[column + current.at[from]];
	if (from < 2 * COMPONENTS)
		return columns[column + before[from - COMPONENTS]];
	if (from == OF_CALL)
		return columns[column + stimulus];
	if (from == OF_AGAIN)
		return repeat_call();
	if (from >= OF_CHANGED)
		return current.at[from - OF_CHANGED] != before[from - OF_CHANGED];
	if (emitted_sequence < 0)
		emitted_sequence = sequence(&current);
	return emitted_sequence;
}

static int holds(int claim)
{
	int at = roots[claim];
	repetitions = 0;
	while (at >= FIRST) {
		int node = 2 * (at - FIRST);
		int edge = 2 * (nodes[node + 1] + answer_to(nodes[node]));
		if (edges[edge] != at - FIRST)
			missing("edge in the decision tree of claim", claim);
		at = edges[edge + 1];
	}
	return at == YES;
}

/* Makes a call. 0 if it fails. */
static int call(int number)
{
	load(current.at);
	memcpy(before, current.at, sizeof before);
	found = 0;
	if (!execute(&current, number)) {
		report(current.finding);
		return 0;
	}
	stimulus = number;
	emitted_sequence = -1;
	for (int claim = STEPS; claim < ALWAYS; claim++)
		if (!reported[rules[claim]] && !holds(claim))
			report(rules[claim]);
	store(current.at);
#ifdef ENDS
	now.over = holds(ENDS);
#endif
	return 1;
}

/* Judges each state once, as its last transition; true if the search must stop here. */
static int check_state(void)
{
	load(current.at);
	found = 0;
	for (int claim = ALWAYS; claim < REACHED; claim++)
		if (!reported[rules[claim]] && !holds(claim))
			report(rules[claim]);
	for (int claim = REACHED; claim < CLAIMS; claim++)
		if (!reported[rules[claim]] && holds(claim))
			reported[rules[claim]] = 1;
	if (!OVER) {
		int number = 0;
		while (number < STIMULI && !is_enabled(current.at, number))
			number++;
		if (number == STIMULI)
			report(DEADLOCK);
	}
	return found;
}

/* Prints the goals that a complete search did not reach; an incomplete search prints none. */
static void never_reached(void)
{
#ifndef BITSTATE
	if (getpid() != first_process || readtrail || !done || warned)
		return;
	for (int claim = REACHED; claim < CLAIMS; claim++)
		if (!reported[rules[claim]]) {
			report(goal_rules[claim - REACHED]);
			printf("recwalk: never reached: %s\n", lines[rules[claim]]);
		}
#endif
}

__attribute__((constructor)) static void at_end(void)
{
	atexit(never_reached);
}
`;
