import type { Guest } from '../../../kernel/guest.js';
import { UserError } from '../../../model/userError.js';
import { type CallPair, OverlappingCalls } from '../../../replay/callPairs.js';
import { Lts } from '../../../replay/lts.js';
import { type PairResult, playPair } from '../../../replay/playPair.js';
import { type StartState, startStates } from '../../../replay/startStates.js';
import { check } from '../../../search/check.js';
import { abortOnSignal } from '../abortOnSignal.js';
import { limitsOf } from '../limits.js';
import { progressReporter, searchProgress } from '../progress.js';
import { guestOf, targetNamed } from '../target.js';
import type { ReplayFlags } from './flags.js';
import { bootGuests, kernelName, kernelSource } from './kernelSource.js';
import { scheduleReports } from './scheduleReports.js';
import { shard } from './shard.js';
import { stoppedText } from './stoppedText.js';

/**
 * Plays all schedules of each pair of calls that can overlap in `count` states of a design, and compares how they end
 * with how the model lets them end. Exit codes: 0 no end that the model does not allow, 1 some, 3 interrupted. Throws
 * RW068 for options and scopes that exclude --schedules.
 */
export async function replaySchedules(
  name: string,
  flags: ReplayFlags,
  count: number,
): Promise<number> {
  const createReport = Object.hasOwn(scheduleReports, flags.to)
    ? scheduleReports[flags.to]
    : undefined;
  if (createReport === undefined)
    throw new UserError(
      'RW068',
      `--schedules with --to ${flags.to}: type ${Object.keys(scheduleReports).join(' or ')}`,
    );
  for (const [option, given] of Object.entries({
    '--beside': flags.beside,
    '--stories-only': flags.storiesOnly,
    '--seen': flags.seen,
  }))
    if (given !== undefined)
      throw new UserError('RW068', `--schedules plays no stories; omit ${option}`);
  const target = await targetNamed(name, flags.scope, []);
  const { kind, setups } = guestOf(target);
  const source = kernelSource('kernel', flags.kernel, flags.kdir);
  const reporter = progressReporter(flags.quiet);
  const interrupt = abortOnSignal();
  const { signal } = interrupt;
  let guests: readonly Guest[] = [];
  try {
    const checked = await check(target.network, {
      ...limitsOf({ memory: flags.memory }, signal),
      keepTransitions: true,
      progress: searchProgress(name, reporter),
    });
    if (!checked.exploration.complete) {
      reporter.clear();
      process.stderr.write(`${stoppedText(name, checked.exploration)}\n`);
      return 3;
    }
    const overlapping = new OverlappingCalls(new Lts(checked));
    if (overlapping.calls.length === 0)
      throw new UserError(
        'RW068',
        `${name} has one caller in scope ${target.scope?.text}, so no calls overlap; type --scope callers`,
      );
    const chosen = startStates(overlapping, count);
    guests = await bootGuests(source, kind, flags.guests, reporter);
    const results: PairResult[] = [];
    const work = [...shard(pairsOf(chosen.starts), flags.shard)];
    const next = work.values();
    const report = (done: number) => {
      const schedules = results.reduce((sum, one) => sum + one.schedules, 0);
      reporter.progress(
        `${done} of ${work.length} pairs of calls, ${schedules} schedules, ${results.flatMap((one) => one.differences).length} differences`,
      );
    };
    await Promise.all(
      guests.map(async (guest) => {
        for (const { start, pair } of next) {
          if (signal.aborted) return;
          results.push(await playPair(guest, setups[0]!, start.way, pair, overlapping, signal));
          report(results.length);
        }
      }),
    );
    reporter.clear();
    const inOrder = work.flatMap(({ pair }) => results.filter((one) => one.pair === pair));
    createReport({
      design: name,
      scope: target.scope!.text,
      kernel: kernelName(source, guests[0]!),
      chosen,
      pairs: work.length,
      results: inOrder,
    });
    if (
      results.some(
        ({ differences, astray }) => differences.length > 0 || astray?.isAllowed === false,
      )
    )
      return 1;
    return signal.aborted ? 3 : 0;
  } finally {
    interrupt.release();
    await Promise.all(guests.map((guest) => guest.close()));
  }
}

function* pairsOf(starts: readonly StartState[]): Generator<{ start: StartState; pair: CallPair }> {
  for (const start of starts) for (const pair of start.pairs) yield { start, pair };
}
