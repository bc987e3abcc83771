import { MESSAGE_LIMIT } from '../../interpret/interpreter.js';

/**
 * The calls in C: delivers messages depth-first over the transition tables, and evaluates rules on the graph of their
 * decisions. Written independently of the engine, not translated from it, so that each checks the other.
 */
export const interpreter = String.raw`
struct call {
	int at[COMPONENTS];
	int words;
	int count;
	int said[SAID];
	int lost;
};
static struct call made, anew;
static int before[COMPONENTS];
static int stimulus, said_number, tried, found;
extern int readtrail, done;
extern unsigned char warned;
static char *told;
static pid_t first_process;

/* Each core is a process, so the lines already printed are recorded in shared memory. */
__attribute__((constructor)) static void share(void)
{
	first_process = getpid();
	told = mmap(NULL, TOLD, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (told == MAP_FAILED) {
		perror("mmap");
		exit(1);
	}
}

static void missed(const char *what, int number)
{
	fprintf(stderr, "recwalk: unknown %s %d: Spin needs it and recwalk never computed it, so one of the two is wrong\n", what, number);
	printf("recwalk: unknown %s %d\n", what, number);
	fflush(stdout);
	if (getpid() != first_process)
		kill(first_process, SIGTERM);
	exit(70);
}

static void tell(int number)
{
	if (number == STOP || (STOP == 0 && number > RULES + GOALS))
		found = 1;
	if (__sync_lock_test_and_set(&told[number], 1) == 0) {
		printf("recwalk: %s\n", tales[number]);
		fflush(stdout);
	}
}

static int answer_of(int component, int state, int message)
{
	int answer = cells[cells_at[component] + state * messages[component] + message];
	if (answer == 0)
		missed("cell of component", component);
	return answer;
}

/* The stack of answers with undelivered messages: the next message and the end of each. */
static int *due;
static int room;

static void put_off(int depth, int next_word, int end)
{
	if (depth == room) {
		room = room ? 2 * room : 64;
		due = realloc(due, 2 * room * sizeof *due);
		if (due == NULL) {
			perror("realloc");
			exit(1);
		}
	}
	due[2 * depth] = next_word;
	due[2 * depth + 1] = end;
}

/* Delivers one message of the stimulus, and depth-first every message that follows from it. */
static int deliver(struct call *call, int component, int message)
{
	int depth = 0, i = 0, end = 0;
	for (;;) {
		int answer = answer_of(component, call->at[component], message);
		if (answer == UNHEARD) {
			call->lost = losses[losses_at[component] + message];
			return 0;
		}
		/* recwalk executed every call that ends, and none of them has more messages. */
		if (++call->words > ${MESSAGE_LIMIT})
			return 0;
		call->at[component] = next[answer];
		if (i < end)
			put_off(depth++, i, end);
		i = words_at[answer];
		end = words_at[answer + 1];
		for (;;) {
			while (i == end) {
				if (depth == 0)
					return 1;
				depth--;
				i = due[2 * depth];
				end = due[2 * depth + 1];
			}
			component = words[i];
			message = words[i + 1];
			i += 2;
			if (component < COMPONENTS)
				break;
			if (call->count == SAID)
				return 0;
			call->said[call->count++] = message;
		}
	}
}

static int offered(const int *at, int number)
{
	for (int i = stimuli_at[number]; i < stimuli_at[number + 1]; i += 2)
		if (answer_of(stimuli[i], at[stimuli[i]], stimuli[i + 1]) == UNHEARD)
			return 0;
	return 1;
}

static int react(struct call *call, int number)
{
	call->words = call->count = 0;
	call->lost = BABBLE;
	for (int i = stimuli_at[number]; i < stimuli_at[number + 1]; i += 2)
		if (!deliver(call, stimuli[i], stimuli[i + 1]))
			return 0;
	return 1;
}

static int sequence(const struct call *call)
{
	int node = 0;
	for (int i = 0; i < call->count; i++) {
		int at = 2 * (sequences_at[node] + call->said[i]);
		if (sequences[at] != node)
			missed("sequence of messages that begins with", node);
		node = sequences[at + 1];
	}
	return node;
}

/* Repeats the call. 0 if it is disabled then, else one more than the number of the messages emitted. */
static int once_more(void)
{
	if (tried++ == 0)
		memcpy(anew.at, made.at, sizeof made.at);
	if (!offered(anew.at, stimulus) || !react(&anew, stimulus))
		return 0;
	return sequence(&anew) + 1;
}

static int answer_to(int question)
{
	int from = subjects[question];
	int column = columns_at[question];
	if (from < COMPONENTS)
		return columns[column + made.at[from]];
	if (from < 2 * COMPONENTS)
		return columns[column + before[from - COMPONENTS]];
	if (from == OF_CALL)
		return columns[column + stimulus];
	if (from == OF_AGAIN)
		return once_more();
	if (from >= OF_CHANGED)
		return made.at[from - OF_CHANGED] != before[from - OF_CHANGED];
	if (said_number < 0)
		said_number = sequence(&made);
	return said_number;
}

static int holds(int claim)
{
	int at = roots[claim];
	tried = 0;
	while (at >= FIRST) {
		int node = 2 * (at - FIRST);
		int edge = 2 * (nodes[node + 1] + answer_to(nodes[node]));
		if (edges[edge] != at - FIRST)
			missed("edge in the decision tree of claim", claim);
		at = edges[edge + 1];
	}
	return at == YES;
}

static void call(int number)
{
	load(made.at);
	memcpy(before, made.at, sizeof before);
	found = 0;
	if (!react(&made, number)) {
		tell(made.lost);
		return;
	}
	stimulus = number;
	said_number = -1;
	for (int claim = STEPS; claim < ALWAYS; claim++)
		if (!told[rules[claim]] && !holds(claim))
			tell(rules[claim]);
	store(made.at);
#ifdef ENDS
	now.over = holds(ENDS);
#endif
}

/* Judges each state once, as its last transition; true if the search must stop here. */
static int look(void)
{
	load(made.at);
	found = 0;
	for (int claim = ALWAYS; claim < REACHED; claim++)
		if (!told[rules[claim]] && !holds(claim))
			tell(rules[claim]);
	for (int claim = REACHED; claim < CLAIMS; claim++)
		if (!told[rules[claim]] && holds(claim))
			told[rules[claim]] = 1;
	if (!OVER) {
		int number = 0;
		while (number < STIMULI && !offered(made.at, number))
			number++;
		if (number == STIMULI)
			tell(DEADLOCK);
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
		if (!told[rules[claim]]) {
			tell(goal_rules[claim - REACHED]);
			printf("recwalk: never reached: %s\n", tales[rules[claim]]);
		}
#endif
}

__attribute__((constructor)) static void at_end(void)
{
	atexit(never_reached);
}
`;
