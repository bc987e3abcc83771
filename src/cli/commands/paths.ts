import type { Plan, PlannedPath } from '../../coverage/criterion.js';
import { keepGoing } from '../../coverage/keepGoing.js';
import { number } from '../../model/formatNumber.js';
import type { PathsFormat, PathsHead, TracePath } from '../../paths/format.js';
import { type Check, check, wrongCalls } from '../../search/check.js';
import { abortOnSignal } from '../shared/abortOnSignal.js';
import { limitsOf } from '../shared/limits.js';
import { PathsAccount } from '../shared/paths/account.js';
import { criterionOf, DEFAULTS, formatOf, type PathsFlags } from '../shared/paths/flags.js';
import { givenPaths } from '../shared/paths/givenPaths.js';
import { progressReporter, searchProgress } from '../shared/progress.js';
import { targetNamed } from '../shared/target.js';
import { traceSteps } from '../shared/traceSteps.js';
import { version } from '../shared/version.js';
import { assertFree, writeDirAtomic } from '../shared/writeDirAtomic.js';
import { assertWritable, writeFileAtomic } from '../shared/writeFileAtomic.js';

/** Maximum number of uncoverable goals printed on stderr, and of calls that go wrong. */
const MOST_PRINTED = 8;
/** Milliseconds between two progress lines. */
const PAUSE = 1_000;
/**
 * Bytes that the process may allocate between two checks of its memory, and bytes that a step takes while it is
 * written.
 */
const MARGIN = 32 << 20;
const BYTES_A_STEP = 1 << 10;

/**
 * Runs `recwalk paths`. Exit codes: 0 covered; 3 stopped by a limit: no paths are written, or the paths do not cover
 * all goals.
 */
export async function paths(name: string, flags: PathsFlags): Promise<number> {
  const criterion = await criterionOf(flags);
  const format = await formatOf(flags);
  if (format.files) await assertFree(flags.output!);
  else await assertWritable(flags.output);
  const { network, scope } = await targetNamed(name, flags.scope, undefined);
  const reporter = progressReporter(flags.quiet);
  const interrupt = abortOnSignal();
  const { signal } = interrupt;
  const searched = await check(network, {
    keepTransitions: true,
    ...(criterion.judges ? {} : { rules: [] }),
    ...limitsOf(flags, signal),
    progress: searchProgress(network.name, reporter),
  });
  reporter.clear();
  const { complete, states, stopped } = searched.exploration;
  const log = (line: string) => process.stderr.write(`${network.name}: ${line}\n`);
  if (!complete) {
    log(`stopped (${stopped}) after ${number(states)} states; no paths written`);
    return 3;
  }
  const options = { ...DEFAULTS, ...flags };
  const given = flags.from === undefined ? [] : givenPaths(flags.from, searched, scope);
  const mayHold = (bytes: number) => process.memoryUsage.rss() + bytes + MARGIN <= flags.memory;
  const plan = await criterion.plan({
    check: searched,
    given: given.map(({ steps }) => steps),
    signal,
    mayHold,
    ...options,
  });
  if ('because' in plan) {
    interrupt.release();
    log(`${plan.because}; no paths written`);
    return 3;
  }
  if (plan.note !== undefined && !flags.quiet) log(plan.note);
  const account = new PathsAccount(
    criterion,
    plan,
    given.reduce((sum, { steps }) => sum + steps.length, 0),
    searched,
  );
  const { atMost = Number.POSITIVE_INFINITY } = flags;
  let stop: string | undefined;
  const printProgress = flags.output === undefined ? () => {} : slowly(reporter.progress);
  /** Yields the paths one by one and counts what they cover. */
  const countedPaths = async function* (paths: Iterable<PlannedPath & Pick<TracePath, 'name'>>) {
    for (const { description, name, steps } of paths) {
      if (!(await keepGoing(signal))) stop = 'interrupted';
      else if (account.paths >= atMost) stop = `--at-most ${number(atMost)}`;
      else if (!mayHold(steps.length * BYTES_A_STEP)) stop = 'memory';
      if (stop !== undefined) return;
      account.add(steps);
      printProgress(`${network.name}: ${account.summary}`);
      yield {
        description: description ?? `path ${account.paths}`,
        ...(name === undefined ? {} : { name }),
        steps: traceSteps(searched, steps),
      };
    }
  };
  const allPaths = async function* (): AsyncGenerator<TracePath> {
    yield* countedPaths(given);
    // If the criterion adds no paths, the last line of the command reports the same.
    const isAll = criterion.needsGiven === true;
    if (flags.from !== undefined && !isAll && !flags.quiet)
      log(`${flags.from}: ${account.summary}`);
    if (stop === undefined) yield* countedPaths(plan.paths);
  };
  const head: PathsHead = {
    tool: 'recwalk',
    version,
    design: network.name,
    ...(scope && { scope: scope.text }),
    cover: flags.cover,
    ...(criterion.options?.includes('seed') ? { seed: options.seed } : {}),
  };
  const isWritten = await write(format, head, allPaths(), account, flags.output, signal);
  interrupt.release();
  reporter.clear();
  if (signal.aborted) stop = 'interrupted';
  if (!flags.quiet) {
    for (const line of [...neverLines(plan), ...wrongLines(searched)]) log(line);
    const seed = head.seed === undefined ? [] : [`seed ${head.seed}`];
    const end =
      stop === undefined
        ? [...reach(account, flags.longest), ...account.bound]
        : [`stopped (${stop})${isWritten ? '' : '; nothing is written'}`];
    log([account.summary, ...end, ...seed].join('; '));
  }
  return account.isWhole && stop === undefined ? 0 : 3;
}

/** Passes on at most one line per PAUSE. */
function slowly(progress: (line: string) => void): (line: string) => void {
  let due = performance.now() + PAUSE;
  return (line) => {
    if (performance.now() < due) return;
    progress(line);
    due = performance.now() + PAUSE;
  };
}

const reach = ({ isWhole }: PathsAccount, longest: number): readonly string[] =>
  isWhole
    ? []
    : [`the rest is further than ${longest} steps from the start, take a greater --longest`];

/** The first goals that no path can cover. `--to json` lists all. */
function neverLines({ never = [] }: Plan): string[] {
  const lines = never.slice(0, MOST_PRINTED).map((what) => `never in this scope: ${what}`);
  if (never.length > MOST_PRINTED)
    lines.push(`never in this scope: ${never.length - MOST_PRINTED} more; --to json lists them`);
  return lines;
}

/** The first calls that go wrong. They have no successor state, so no path contains them. */
function wrongLines(searched: Check): string[] {
  const calls = wrongCalls(searched);
  const lines = calls
    .slice(0, MOST_PRINTED)
    .map((call) => `in no path, since the call fails: ${call}`);
  if (calls.length > MOST_PRINTED)
    lines.push(
      `in no path, since the calls fail: ${calls.length - MOST_PRINTED} more; --to json lists them`,
    );
  return lines;
}

/**
 * Writes the paths. Returns false if the work was interrupted and no output remains. Paths streamed to stdout are
 * always whole, even when interrupted.
 */
async function write(
  format: PathsFormat,
  head: PathsHead,
  paths: AsyncIterable<TracePath>,
  account: PathsAccount,
  output: string | undefined,
  signal: AbortSignal,
): Promise<boolean> {
  const taken = () => account.stats;
  if (format.files) return writeDirAtomic(format.files(head, paths, taken), output!, signal);
  const text = format.text!(head, paths, taken);
  return writeFileAtomic(
    text,
    output,
    output === undefined ? new AbortController().signal : signal,
  );
}
