import { existsSync, writeFileSync } from 'node:fs';
import { check } from '../engine/check.js';
import { bootGuest, type Guest } from '../kernel/guest.js';
import { kernels } from '../kernel/kernels.js';
import type { GuestKind } from '../kernel/kinds.js';
import type { DebianKernel } from '../kernel/packages.js';
import { Fault } from '../model/fault.js';
import { number } from '../model/numbers.js';
import { Model } from '../replay/model.js';
import { allPaths, replay as replayPaths } from '../replay/replay.js';
import { interruptible } from './interrupt.js';
import { replayReports } from './replayReports.js';
import { assertFresh, callsOf, replayTarget } from './replayTarget.js';
import { scopeName, scopeTyped } from './scopeName.js';
import { seeStories, transcriptText } from './seen.js';
import { searchProgress, type Talk, talk } from './talk.js';
import { knownNamed } from './target.js';

export interface ReplayFlags {
  readonly kernel: string;
  readonly kdir?: string;
  readonly scope?: string;
  readonly shard?: Shard;
  readonly to: string;
  readonly guests: number;
  readonly seen?: string;
  /** How often stories of broken rules are played. */
  readonly times: number;
  readonly storiesOnly?: boolean;
  readonly memory: number;
  readonly quiet?: boolean;
}

/** Part `part` of `of` parts, both from 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

/** 0 agrees · 1 differs · 3 interrupted · 4 no such kernel here */
export async function replay(name: string, flags: ReplayFlags): Promise<number> {
  const reports = Object.hasOwn(replayReports, flags.to) ? replayReports[flags.to] : undefined;
  if (reports === undefined)
    throw new Fault('RW019', `--to ${flags.to}: type ${Object.keys(replayReports).join(', ')}`);
  const source = kernelSource(flags);
  const target = replayTarget(name, flags.scope);
  const tellsRules = target.paths === undefined && flags.shard === undefined;
  const { network, guest } = await knownNamed(
    target.design,
    target.scope,
    tellsRules ? undefined : [],
  );
  const design = network.name;
  const say = await talk(flags.quiet);
  const interrupt = interruptible();
  const checked = await check(network, {
    keepTransitions: true,
    memory: flags.memory,
    signal: interrupt.signal,
    progress: searchProgress(design, say),
  });
  if (!checked.exploration.complete) {
    say.clear();
    process.stderr.write(
      `${design}: stopped (${checked.exploration.stopped}) after ${number(checked.exploration.states)} states; take a smaller scope or more --memory\n`,
    );
    return 3;
  }
  const model = new Model(checked);
  if (target.paths !== undefined) assertFresh(target.paths, model, name);
  const { setups } = guest;
  const guests = await boot(source, guest.kind, flags.guests, say);
  const kernel = `${typeof source === 'string' ? 'Debian ' : ''}${guests[0]!.kernel}`;
  const report = reports({
    design,
    scope: scopeTyped(network)!,
    kernel,
  });
  try {
    const { seen, transcripts } = tellsRules
      ? await seeStories(
          checked,
          model,
          anew(guests[0]!, () => boot(source, guest.kind, 1, say), flags.times),
          kernel,
          setups[0]!,
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
        say.progress(
          `${kernel}: ${number(taken)} of ${number(transitions)} transitions, ${number(steps)} steps, ${differences.count} differences`,
        );
      },
    });
    say.clear();
    report.done(replayed, seen);
    if (flags.seen !== undefined) {
      const shown = seen.filter((s) => s.agrees);
      writeFileSync(flags.seen, `${JSON.stringify(shown, null, 2)}\n`);
      writeFileSync(
        flags.seen.replace(/(\.json)?$/, '.log'),
        transcriptText(seen, transcripts, scopeName(network) ?? scopeTyped(network)!),
      );
    }
    if (replayed.differences.count > 0 || seen.some((s) => s.difference !== undefined)) return 1;
    return interrupt.signal.aborted ? 3 : 0;
  } finally {
    interrupt.release();
    await Promise.all(guests.map((guest) => guest.close()));
  }
}

function kernelSource({
  kernel,
  kdir,
}: ReplayFlags): DebianKernel | { image: string; kdir: string } {
  if (kernels.some(({ name }) => name === kernel)) return kernel as DebianKernel;
  if (!existsSync(kernel))
    throw new Fault(
      'RW020',
      `--kernel ${kernel}: neither ${kernels.map(({ name }) => name).join(', ')} nor a file; give a bzImage with its --kdir`,
    );
  if (kdir === undefined)
    throw new Fault(
      'RW021',
      `--kernel ${kernel} needs --kdir BUILD, the folder it was built in, to build the guest's module`,
    );
  return { image: kernel, kdir };
}

export function* shard<T>(items: Iterable<T>, part: Shard | undefined): Generator<T> {
  let i = 0;
  for (const item of items) if (part === undefined || i++ % part.of === part.part - 1) yield item;
}

/** The first guest, and then others that are booted one after the other. */
async function* anew(
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

async function boot(
  source: DebianKernel | { image: string; kdir: string },
  kind: GuestKind,
  count: number,
  say: Talk,
): Promise<Guest[]> {
  const progress = (line: string) => say.progress(line);
  // One after the other: the first fetches and builds what all need.
  const guests: Guest[] = [];
  try {
    while (guests.length < count) guests.push(await bootGuest(source, { kind, progress }));
  } catch (error) {
    await Promise.all(guests.map((guest) => guest.close()));
    throw error;
  }
  return guests;
}
