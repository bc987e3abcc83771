import { Walk } from '../../explorer/walk.js';
import { UserError } from '../../model/userError.js';
import { kernelSteps, type StepBesideKernel } from '../shared/play/kernelSteps.js';
import { type PlayedStep, StepPlayer } from '../shared/play/playSteps.js';
import { stepsFrom } from '../shared/play/steps.js';
import { playHead, playLine, playReport } from '../shared/play/text.js';
import { progressReporter } from '../shared/progress.js';
import { bootGuests, kernelName, kernelSource } from '../shared/replay/kernelSource.js';
import { domainOf, guestOf, type Target, targetNamed } from '../shared/target.js';

/** The options of `play`. */
export interface PlayFlags {
  readonly scope?: string;
  readonly kernel?: string;
  readonly kdir?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/**
 * Runs `recwalk play`: makes typed steps in a model, and on a kernel with --kernel. Exit codes: 0 no rule broke, 1 a
 * rule broke or the kernel differs, 4 no such kernel here.
 */
export async function play(name: string, typed: string, flags: PlayFlags): Promise<number> {
  const steps = stepsFrom(typed);
  const source = flags.kernel && kernelSource('kernel', flags.kernel, flags.kdir);
  const derived =
    flags.scope === undefined ? (await domainOf(name)).scopeOfSteps?.(steps) : undefined;
  const target = await targetNamed(name, flags.scope ?? derived, undefined);
  const walk = new Walk(target.network);
  const player = new StepPlayer(walk, name, () => stepsInNamedScopes(target));
  const made: (PlayedStep & Partial<StepBesideKernel>)[] = [];
  const print = (one: PlayedStep & Partial<StepBesideKernel>) => {
    made.push(one);
    if (!flags.json) process.stdout.write(playLine(made, walk));
  };
  const head = (kernel?: string) => {
    if (!flags.json) process.stdout.write(playHead(target, kernel));
  };
  let kernel: string | undefined;
  if (source) {
    const guest = guestOf(target);
    const [running] = await bootGuests(source, guest.kind, 1, progressReporter(flags.quiet));
    kernel = kernelName(source, running!);
    head(kernel);
    try {
      for await (const one of kernelSteps(player, steps, running!, guest.setups[0]!)) print(one);
    } finally {
      await running!.close();
    }
  } else {
    head();
    for (const step of steps) {
      if (player.isOver) break;
      const alternatives = player.alternativesOf(step);
      print(player.apply(alternatives[0]!, alternatives));
    }
  }
  if (flags.json)
    process.stdout.write(`${JSON.stringify(playReport(target, made, kernel), null, 2)}\n`);
  if (made.length < steps.length)
    throw new UserError(
      'RW307',
      `the story is over after step ${made.length}: later outcomes have no meaning; leave out "${steps[made.length]}" and all later steps`,
    );
  return made.some(({ broken, agrees = true }) => broken.length > 0 || !agrees) ? 1 : 0;
}

const stepsInNamedScopes = ({ domain, design }: Target): readonly string[] =>
  Object.values(domain.scopes ?? {}).flatMap((scope) =>
    domain.network(design, scope, []).stimuli.map(({ description }) => description),
  );
