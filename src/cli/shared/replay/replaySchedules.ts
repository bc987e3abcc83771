import type { Guest } from '../../../kernel/guest.js';
import { UserError } from '../../../model/userError.js';
import { allSchedules, type PlayedSchedule } from '../../../replay/allSchedules.js';
import {
  type CallPair,
  type End,
  endText,
  OverlappingCalls,
  type WholeCall,
} from '../../../replay/callPairs.js';
import { Lts } from '../../../replay/lts.js';
import { type StartState, startStates } from '../../../replay/startStates.js';
import { check } from '../../../search/check.js';
import { abortOnSignal } from '../abortOnSignal.js';
import { limitsOf } from '../limits.js';
import { progressReporter, searchProgress } from '../progress.js';
import { guestOf, targetNamed } from '../target.js';
import type { ReplayFlags } from './flags.js';
import { bootGuests, kernelName, kernelSource } from './kernelSource.js';
import { type PairResult, scheduleReports } from './scheduleReports.js';
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
  if (createReport === undefined || flags.storiesOnly || flags.seen !== undefined)
    throw new UserError(
      'RW068',
      `--schedules reports as ${Object.keys(scheduleReports).join(' or ')}, and records no stories; omit --stories-only, --seen and other formats`,
    );
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
          results.push(await playPair(guest, setups[0]!, start, pair, overlapping, signal));
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
    if (results.some(({ differences }) => differences.length > 0)) return 1;
    return signal.aborted ? 3 : 0;
  } finally {
    interrupt.release();
    await Promise.all(guests.map((guest) => guest.close()));
  }
}

function* pairsOf(starts: readonly StartState[]): Generator<{ start: StartState; pair: CallPair }> {
  for (const start of starts) for (const pair of start.pairs) yield { start, pair };
}

/** Plays every schedule of a pair, up to an interrupt. */
async function playPair(
  guest: Guest,
  setup: string,
  { way }: StartState,
  pair: CallPair,
  overlapping: OverlappingCalls,
  signal: AbortSignal,
): Promise<PairResult> {
  const allowed = new Map<string, End>(overlapping.ends(pair).map((end) => [endText(end), end]));
  const missing = new Set(allowed.keys());
  const differences: PlayedSchedule[] = [];
  let schedules = 0;
  let lost: string | undefined;
  const begin = async () => {
    if (signal.aborted) return false;
    lost = await playWay(guest, setup, way);
    return lost === undefined;
  };
  for await (const played of allSchedules(guest, pair.calls, begin)) {
    schedules++;
    const text = played.end && endText(played.end);
    if (text === undefined || !allowed.has(text)) differences.push(played);
    else missing.delete(text);
  }
  const ends = { allowed: [...allowed.keys()], missing: [...missing] };
  return { way, pair, schedules, differences, ...ends, ...(lost !== undefined && { lost }) };
}

/** Makes whole calls in a fresh guest. Returns how the kernel differs from the model on the way, if it does. */
async function playWay(
  guest: Guest,
  setup: string,
  way: readonly WholeCall[],
): Promise<string | undefined> {
  await guest.reset();
  for (const { call, outcome } of [{ call: setup, outcome: undefined }, ...way]) {
    const result = await guest.step(call);
    const got = result.kind === 'lost' ? `lost: ${result.how}` : result.outcome;
    if (result.kind === 'lost' || (outcome !== undefined && got !== outcome))
      return `${call}: ${outcome ?? '0'} in the model, ${got} on the kernel`;
  }
  return undefined;
}
