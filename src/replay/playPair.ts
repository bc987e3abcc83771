import { allSchedules, type PlayedSchedule } from './allSchedules.js';
import {
  type AllowedEnd,
  type CallPair,
  endText,
  type OverlappingCalls,
  type WholeCall,
} from './callPairs.js';
import { outcomeOf, type SystemUnderTest } from './runTrace.js';

/** What a kernel showed of two calls that overlap. */
export interface PairResult {
  /** The whole calls before them. */
  readonly way: readonly WholeCall[];
  readonly pair: CallPair;
  readonly schedules: number;
  /** The ends that the model does not allow, and losses of the guest. */
  readonly differences: readonly EndDifference[];
  /** The ends that the model allows, and those of them that no schedule showed. */
  readonly allowed: readonly string[];
  readonly missing: readonly MissingEnd[];
  /** Set if the kernel took another way than `way`; the pair was not played then. */
  readonly astray?: Astray;
}

/** An end that no schedule showed. */
export interface MissingEnd {
  readonly end: string;
  /** It needs a choice that the kernel never makes, such as another order of the functions in its hash. */
  readonly needsOtherChoice: boolean;
}

/** An end that the model does not allow, or the loss of the guest. */
export interface EndDifference {
  /** The end as text, or how the guest was lost. */
  readonly end: string;
  /** A shortest of the schedules that ended so, and their number. */
  shortest: PlayedSchedule;
  count: number;
}

/** A call whose outcome is not that of the way: the order of the kernel's hashes, or a difference. */
export interface Astray {
  readonly call: string;
  readonly expected: string;
  readonly got: string;
  /** The model allows the outcome too. */
  readonly isAllowed: boolean;
}

/** Plays every schedule of a pair, up to an interrupt. */
export async function playPair(
  machine: SystemUnderTest,
  setup: string,
  way: readonly WholeCall[],
  pair: CallPair,
  overlapping: OverlappingCalls,
  signal: AbortSignal,
): Promise<PairResult> {
  const ends = overlapping.ends(pair);
  const allowed = ends.map(endText);
  const missing = new Set(allowed);
  const differences = new Map<string, EndDifference>();
  let schedules = 0;
  let astray: Astray | undefined;
  const begin = async () => {
    if (signal.aborted) return false;
    astray = await goAlong(machine, setup, way, overlapping);
    return astray === undefined;
  };
  for await (const played of allSchedules(machine, pair.calls, begin)) {
    schedules++;
    const end = typeof played.end === 'string' ? `lost: ${played.end}` : endText(played.end);
    missing.delete(end);
    if (allowed.includes(end)) continue;
    const known = differences.get(end);
    if (known === undefined) differences.set(end, { end, shortest: played, count: 1 });
    else {
      known.count++;
      if (played.steps.length < known.shortest.steps.length) known.shortest = played;
    }
  }
  return {
    ...{ way, pair, schedules, allowed },
    differences: [...differences.values()],
    missing: missingOf(ends, missing),
    ...(astray !== undefined && { astray }),
  };
}

/** The missing ends. An end that was shown, and that only one choice leads to, shows a choice of the kernel. */
function missingOf(
  ends: readonly AllowedEnd[],
  missing: ReadonlySet<string>,
): readonly MissingEnd[] {
  const made = new Set(
    ends.flatMap((end) =>
      missing.has(endText(end)) || end.choices.size > 1 ? [] : [...end.choices],
    ),
  );
  return ends
    .filter((end) => missing.has(endText(end)))
    .map((end) => ({
      end: endText(end),
      needsOtherChoice: made.size > 0 && [...end.choices].every((choice) => !made.has(choice)),
    }));
}

/** Makes whole calls in a fresh guest. Returns the one at which the kernel takes another way, if it does. */
async function goAlong(
  machine: SystemUnderTest,
  setup: string,
  way: readonly WholeCall[],
  overlapping: OverlappingCalls,
): Promise<Astray | undefined> {
  await machine.reset();
  const ready = await machine.step(setup);
  if (ready.kind === 'lost')
    return { call: setup, expected: '0', got: `lost: ${ready.how}`, isAllowed: false };
  let state = 0;
  for (const { call, outcome: expected, to } of way) {
    const got = outcomeOf(await machine.step(call), []);
    if (got !== expected) {
      const others = overlapping.alone(state).filter((other) => other.call === call);
      const isAllowed = others.some(({ outcome }) => outcome === got);
      return { call, expected, got, isAllowed };
    }
    state = to;
  }
  return undefined;
}
