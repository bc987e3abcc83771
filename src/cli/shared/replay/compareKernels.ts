import { counted } from '../../../model/formatNumber.js';
import { UserError } from '../../../model/userError.js';
import type { PathStep } from '../../../paths/pathsJson.js';
import { segmentOf } from '../../../replay/playSegment.js';
import { outcomeOf, type SystemUnderTest } from '../../../replay/runTrace.js';
import { check } from '../../../search/check.js';
import { abortOnSignal } from '../abortOnSignal.js';
import { limitsOf } from '../limits.js';
import { type ProgressReporter, progressReporter, searchProgress } from '../progress.js';
import { pc } from '../render/color.js';
import { numberedLine, numberedLines } from '../render/storyLines.js';
import { guestOf, type Target, targetNamed } from '../target.js';
import type { ReplayFlags } from './flags.js';
import { bootGuests, kernelName, kernelSource } from './kernelSource.js';
import { stoppedText } from './stoppedText.js';
import { callsOf, replayTarget } from './target.js';

interface Story {
  readonly description: string;
  readonly calls: readonly string[];
}

/** The calls with the same outcome on both kernels, and the first call whose outcomes differ. */
interface Played {
  readonly steps: readonly PathStep[];
  readonly divergence?: { readonly call: string; readonly outcomes: readonly [string, string] };
}

/**
 * Plays the stories of a file, or of a target's broken rules, on two kernels, each up to the first different outcome.
 * Exit codes: 0 the same on both, 1 different, 3 interrupted. Throws RW050 for options that do not apply.
 */
export async function compareKernels(
  name: string,
  flags: ReplayFlags,
  other: string,
): Promise<number> {
  if (flags.to !== 'text' || flags.shard !== undefined || flags.seen !== undefined)
    throw new UserError(
      'RW050',
      '--beside prints whole stories as text; omit --to, --shard and --seen',
    );
  const one = kernelSource('kernel', flags.kernel, flags.kdir);
  const two = kernelSource('beside', other, flags.besideKdir);
  const { design, scope, paths } = replayTarget(name, flags.scope);
  const target = await targetNamed(design, scope, undefined);
  const { kind, setups } = guestOf(target);
  if (target.network.stimuli.some(({ call = '' }) => segmentOf(call) !== undefined))
    throw new UserError(
      'RW050',
      `--beside plays one call after the other; the calls of scope ${target.scope?.name ?? target.scope?.text} overlap: replay them on each kernel`,
    );
  const reporter = progressReporter(flags.quiet);
  const interrupt = abortOnSignal();
  const stories =
    paths?.map((steps, i) => ({
      description: `${design}, path ${i + 1}`,
      calls: callsOf(steps),
    })) ?? (await brokenStories(target, flags, interrupt.signal, reporter));
  if (stories === undefined) {
    interrupt.release();
    return 3;
  }
  const [first] = await bootGuests(one, kind, 1, reporter);
  try {
    const [second] = await bootGuests(two, kind, 1, reporter);
    try {
      const names = [kernelName(one, first!), kernelName(two, second!)] as const;
      let different = 0;
      for (const story of stories) {
        if (interrupt.signal.aborted) return 3;
        reporter.progress(story.description);
        const played = await playOnBoth(story.calls, setups[0]!, [first!, second!], target);
        reporter.clear();
        if (played.divergence !== undefined) different++;
        process.stdout.write(`${comparisonText(story, played, names)}\n\n`);
      }
      const same = stories.length - different;
      process.stdout.write(
        `${names.join(' and ')}: ${counted(stories.length, 'path')}, ${same} the same, ${different} different\n`,
      );
      return different > 0 ? 1 : 0;
    } finally {
      await second!.close();
    }
  } finally {
    interrupt.release();
    await first!.close();
  }
}

/** The shortest story of each break class of the target; undefined, with a line on stderr, if the search stopped. */
async function brokenStories(
  { name, network }: Target,
  { memory }: ReplayFlags,
  signal: AbortSignal,
  reporter: ProgressReporter,
): Promise<readonly Story[] | undefined> {
  const { rules, compiled, exploration } = await check(network, {
    ...limitsOf({ memory }, signal),
    progress: searchProgress(name, reporter),
  });
  if (!exploration.complete) {
    reporter.clear();
    process.stderr.write(`${stoppedText(name, exploration)}\n`);
    return undefined;
  }
  return rules.flatMap(({ rule, classes = [] }) =>
    classes.map(({ name: breakClass, path }) => ({
      description: `${rule.id}, broken in ${name} (${breakClass})`,
      calls: path!.map((stimulus) => compiled.network.stimuli[stimulus]!.description),
    })),
  );
}

async function playOnBoth(
  description: readonly string[],
  setup: string,
  machines: readonly [SystemUnderTest, SystemUnderTest],
  { network }: Target,
): Promise<Played> {
  for (const machine of machines) {
    await machine.reset();
    await machine.step(setup);
  }
  const steps: PathStep[] = [];
  for (const one of description) {
    const call = network.stimuli.find((stimulus) => stimulus.description === one)?.call ?? one;
    const outcomes = [
      outcomeOf(await machines[0].step(call), []),
      outcomeOf(await machines[1].step(call), []),
    ] as const;
    if (outcomes[0] !== outcomes[1]) return { steps, divergence: { call, outcomes } };
    steps.push({ call, outcome: outcomes[0].split('; ') });
    if (outcomes[0].startsWith('lost')) break;
  }
  return { steps };
}

function comparisonText(
  { description }: Story,
  { steps, divergence: otherwise }: Played,
  names: readonly [string, string],
): string {
  const lines = [pc.bold(description), ...(steps.length === 0 ? [] : numberedLines(steps))];
  if (otherwise === undefined) return [...lines, '  the same on both'].join('\n');
  const width = Math.max(...names.map(({ length }) => length));
  return [
    ...lines,
    numberedLine(steps.length + 1, otherwise.call, ''),
    ...names.map((name, i) => `       ${name.padEnd(width)}  ${otherwise.outcomes[i]}`),
  ].join('\n');
}
