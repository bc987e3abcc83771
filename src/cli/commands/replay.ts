import type { Guest } from '../../kernel/guest.js';
import { number } from '../../model/formatNumber.js';
import { UserError } from '../../model/userError.js';
import { Lts } from '../../replay/lts.js';
import { allPaths, replay as replayPaths } from '../../replay/replay.js';
import { check } from '../../search/check.js';
import { abortOnSignal } from '../shared/abortOnSignal.js';
import { observeStories, transcriptText } from '../shared/observations.js';
import { progressReporter, searchProgress } from '../shared/progress.js';
import { compareKernels } from '../shared/replay/compareKernels.js';
import type { ReplayFlags, Shard } from '../shared/replay/flags.js';
import { bootGuests, kernelName, kernelSource } from '../shared/replay/kernelSource.js';
import { replayReports } from '../shared/replay/reports.js';
import { assertFresh, callsOf, replayTarget } from '../shared/replay/target.js';
import { guestOf, targetNamed } from '../shared/target.js';
import { assertWritable, writeFileAtomic } from '../shared/writeFileAtomic.js';

/** Runs `recwalk replay`. Exit codes: 0 agrees, 1 differs, 3 interrupted, 4 kernel not available. */
export async function replay(name: string, flags: ReplayFlags): Promise<number> {
  if (flags.beside !== undefined) return compareKernels(name, flags, flags.beside);
  const reports = Object.hasOwn(replayReports, flags.to) ? replayReports[flags.to] : undefined;
  if (reports === undefined)
    throw new UserError('RW019', `--to ${flags.to}: type ${Object.keys(replayReports).join(', ')}`);
  for (const file of seenFiles(flags.seen)) await assertWritable(file, '--seen');
  const source = kernelSource('kernel', flags.kernel, flags.kdir);
  const target = replayTarget(name, flags.scope);
  const recordsStories = target.paths === undefined && flags.shard === undefined;
  const found = await targetNamed(target.design, target.scope, recordsStories ? undefined : []);
  const guest = guestOf(found);
  const { network } = found;
  const scope = found.scope!;
  const design = network.name;
  const reporter = progressReporter(flags.quiet);
  const interrupt = abortOnSignal();
  const checked = await check(network, {
    keepTransitions: true,
    memory: flags.memory,
    signal: interrupt.signal,
    progress: searchProgress(design, reporter),
  });
  if (!checked.exploration.complete) {
    reporter.clear();
    process.stderr.write(
      `${design}: stopped (${checked.exploration.stopped}) after ${number(checked.exploration.states)} states; take a smaller scope or more --memory\n`,
    );
    return 3;
  }
  const model = new Lts(checked);
  if (target.paths !== undefined) assertFresh(target.paths, model, name);
  const { setups } = guest;
  const guests = await bootGuests(source, guest.kind, flags.guests, reporter);
  const kernel = kernelName(source, guests[0]!);
  const report = reports({
    design,
    scope: scope.text,
    kernel,
  });
  try {
    const { seen, transcripts } = recordsStories
      ? await observeStories(
          checked,
          model,
          freshGuests(guests[0]!, () => bootGuests(source, guest.kind, 1, reporter), flags.times),
          kernel,
          setups,
          interrupt.signal,
        )
      : { seen: [], transcripts: [] };
    const paths = flags.storiesOnly
      ? []
      : shard(target.paths?.map(callsOf) ?? allPaths(model), flags.shard);
    const replayed = await replayPaths(model, {
      machines: guests,
      setups,
      paths,
      untilCovered: target.whole && flags.shard === undefined && !flags.storiesOnly,
      signal: interrupt.signal,
      walked: (count, walked, progress) => {
        report.walked(count, walked);
        const { taken, transitions, steps, differences } = progress;
        reporter.progress(
          `${kernel}: ${number(taken)} of ${number(transitions)} transitions, ${number(steps)} steps, ${differences.count} differences`,
        );
      },
    });
    reporter.clear();
    report.done(replayed, seen);
    if (flags.seen !== undefined) {
      const shown = seen.filter((s) => s.agrees);
      const [json, log] = seenFiles(flags.seen);
      const { signal } = new AbortController();
      await writeFileAtomic([`${JSON.stringify(shown, null, 2)}\n`], json, signal, '--seen');
      await writeFileAtomic(
        [transcriptText(seen, transcripts, scope.name ?? scope.text)],
        log,
        signal,
        '--seen',
      );
    }
    if (replayed.differences.count > 0 || seen.some((s) => s.difference !== undefined)) return 1;
    return interrupt.signal.aborted ? 3 : 0;
  } finally {
    interrupt.release();
    await Promise.all(guests.map((guest) => guest.close()));
  }
}

/** The file of observations, and the log file next to it. */
const seenFiles = (file: string | undefined): string[] =>
  file === undefined ? [] : [file, file.replace(/(\.json)?$/, '.log')];

/** Every `of`-th item, beginning with the `part`-th; all items if `part` is undefined. */
export function* shard<T>(items: Iterable<T>, part: Shard | undefined): Generator<T> {
  let i = 0;
  for (const item of items) if (part === undefined || i++ % part.of === part.part - 1) yield item;
}

/** Yields `first`, then boots the other guests one at a time and closes each after use. */
async function* freshGuests(
  first: Guest,
  boots: () => Promise<readonly Guest[]>,
  times: number,
): AsyncGenerator<Guest> {
  yield first;
  for (let time = 2; time <= times; time++) {
    const [guest] = await boots();
    try {
      yield guest!;
    } finally {
      await guest!.close();
    }
  }
}
