import { basename } from 'node:path';
import type { KernelSource } from '../../kernel/find.js';
import type { Guest } from '../../kernel/guest.js';
import type { GuestKind } from '../../kernel/guestSources.js';
import { number } from '../../model/formatNumber.js';
import { UserError } from '../../model/userError.js';
import { Lts } from '../../replay/lts.js';
import { allPaths, replay as replayPaths } from '../../replay/replay.js';
import { check } from '../../search/check.js';
import { abortOnSignal } from '../shared/abortOnSignal.js';
import { observeStories, transcriptText } from '../shared/observations.js';
import { type ProgressReporter, progressReporter, searchProgress } from '../shared/progress.js';
import { compareKernels } from '../shared/replay/compareKernels.js';
import type { ReplayFlags } from '../shared/replay/flags.js';
import { bootGuests, kernelName, kernelSource } from '../shared/replay/kernelSource.js';
import { replaySchedules } from '../shared/replay/replaySchedules.js';
import { replayReports } from '../shared/replay/reports.js';
import { shard } from '../shared/replay/shard.js';
import { stoppedText } from '../shared/replay/stoppedText.js';
import { assertFresh, callsOf, type ReplayTarget, replayTarget } from '../shared/replay/target.js';
import { guestOf, targetNamed } from '../shared/target.js';
import { assertWritable, writeFileAtomic } from '../shared/writeFileAtomic.js';

/** The state that all replays of one command share. */
interface Session {
  readonly flags: ReplayFlags;
  readonly createReport: (typeof replayReports)[string];
  readonly source: KernelSource;
  readonly guests: GuestPool;
  readonly reporter: ProgressReporter;
  readonly signal: AbortSignal;
}

/** Running guests of one kernel, booted at their first use. */
class GuestPool {
  readonly #running = new Map<GuestKind, readonly Guest[]>();

  constructor(readonly boot: (kind: GuestKind, count: number) => Promise<readonly Guest[]>) {}

  async of(kind: GuestKind, count: number): Promise<readonly Guest[]> {
    const running = this.#running.get(kind) ?? (await this.boot(kind, count));
    this.#running.set(kind, running);
    return running;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running.values()].flat().map((guest) => guest.close()));
  }
}

/**
 * Runs `recwalk replay` on one target, or on several, in the same guests. Exit codes: 0 agrees, 1 differs, 3
 * interrupted without a difference, 4 kernel not available.
 */
export async function replay(names: readonly string[], flags: ReplayFlags): Promise<number> {
  if (names.length > 1 && (flags.to !== 'text' || flags.seen !== undefined))
    throw new UserError(
      'RW067',
      `several targets are reported as text, in one report each; omit ${flags.seen === undefined ? '--to' : '--seen'}, or name one target`,
    );
  const { beside, schedules } = flags;
  if (beside !== undefined || schedules !== undefined) {
    const codes: number[] = [];
    for (const name of names) {
      const code =
        schedules === undefined
          ? await compareKernels(name, flags, beside!)
          : await replaySchedules(name, flags, schedules);
      codes.push(code);
      if (code === 3) break;
    }
    return worst(codes);
  }
  const createReport = Object.hasOwn(replayReports, flags.to) ? replayReports[flags.to] : undefined;
  if (createReport === undefined)
    throw new UserError('RW019', `--to ${flags.to}: type ${Object.keys(replayReports).join(', ')}`);
  for (const file of seenFiles(flags.seen)) await assertWritable(file, '--seen');
  const targets = names.map((name) => ({ name, target: replayTarget(name, flags.scope) }));
  const source = kernelSource('kernel', flags.kernel, flags.kdir);
  const reporter = progressReporter(flags.quiet);
  const interrupt = abortOnSignal();
  const guests = new GuestPool((kind, count) => bootGuests(source, kind, count, reporter));
  const session = { flags, createReport, source, guests, reporter, signal: interrupt.signal };
  try {
    const codes: number[] = [];
    for (const { name, target } of targets) {
      codes.push(await replayOne(name, target, session));
      if (interrupt.signal.aborted) break;
    }
    return worst(codes);
  } finally {
    interrupt.release();
    await guests.close();
  }
}

/** The exit code of several replays: 1 if one differs, else 3 if one stopped. */
const worst = (codes: readonly number[]): number =>
  [1, 3].find((code) => codes.includes(code)) ?? 0;

async function replayOne(name: string, target: ReplayTarget, session: Session): Promise<number> {
  const { flags, createReport, source, reporter, signal } = session;
  const recordsStories = target.paths === undefined && flags.shard === undefined;
  const found = await targetNamed(target.design, target.scope, recordsStories ? undefined : []);
  const { kind, setups } = guestOf(found);
  const { network } = found;
  const scope = found.scope!;
  const design = network.name;
  const checked = await check(network, {
    keepTransitions: true,
    memory: flags.memory,
    signal,
    progress: searchProgress(design, reporter),
  });
  if (!checked.exploration.complete) {
    reporter.clear();
    process.stderr.write(`${stoppedText(design, checked.exploration)}\n`);
    return 3;
  }
  const model = new Lts(checked);
  if (target.paths !== undefined) assertFresh(target.paths, model, name);
  const guests = await session.guests.of(kind, flags.guests);
  const kernel = kernelName(source, guests[0]!);
  const report = createReport({
    ...(target.paths !== undefined && { file: basename(name) }),
    design,
    scope: scope.text,
    kernel,
  });
  const { seen, transcripts } = recordsStories
    ? await observeStories(
        checked,
        model,
        freshGuests(guests[0]!, () => bootGuests(source, kind, 1, reporter), flags.times),
        kernel,
        setups,
        signal,
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
    signal,
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
  // An interrupted replay keeps what the file has.
  if (flags.seen !== undefined && !signal.aborted) {
    const shown = seen.filter((s) => s.agrees);
    const [json, log] = seenFiles(flags.seen);
    const { signal: never } = new AbortController();
    await writeFileAtomic([`${JSON.stringify(shown, null, 2)}\n`], json, never, '--seen');
    await writeFileAtomic(
      [transcriptText(seen, transcripts, scope.name ?? scope.text)],
      log,
      never,
      '--seen',
    );
  }
  if (replayed.differences.count > 0 || seen.some((s) => s.difference !== undefined)) return 1;
  return signal.aborted ? 3 : 0;
}

/** The file of observations, and the log file next to it. */
const seenFiles = (file: string | undefined): string[] =>
  file === undefined ? [] : [file, file.replace(/(\.json)?$/, '.log')];

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
