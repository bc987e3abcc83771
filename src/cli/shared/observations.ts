import { readdirSync, readFileSync } from 'node:fs';
import type { Rule } from '../../model/network.js';
import type { Lts } from '../../replay/lts.js';
import {
  type Divergence,
  emptyCoverage,
  runTrace,
  type SystemUnderTest,
  type TraceRun,
} from '../../replay/runTrace.js';
import type { Check, RuleResult } from '../../search/check.js';
import { packageRoot } from './version.js';

const FOLDER = new URL('machines/seen/', packageRoot);

/** What kernels have shown, as replay wrote it down. */
export function observations(): readonly Observation[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return files
    .sort()
    .flatMap((file) => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Observation[]);
}

/** What a guest said of the story of a rule, as it is kept beside what was seen; nothing where no log is. */
export function keptTranscript(
  design: string,
  rule: string,
  kernel: string,
  calls: readonly string[],
): readonly string[] {
  const sections = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.log'))
    .flatMap((name) => readFileSync(new URL(name, FOLDER), 'utf8').split(/^# /m))
    .map((section) => section.trimEnd().split('\n'));
  // In another scope a rule may break by another story.
  const kept = sections.find(
    ([head = '', ...lines]) =>
      head.startsWith(`${rule}: ${design}, `) &&
      head.includes(`, on ${kernel}`) &&
      calls.every((call, i) => lines[i]?.startsWith(`${call}: `)),
  );
  return kept?.slice(1) ?? [];
}

/** The story of a broken rule, played on a kernel. */
export interface Observation {
  readonly design: string;
  readonly rule: string;
  /** The break class that the story is of. */
  readonly breakClass: string;
  readonly kernel: string;
  readonly calls: readonly string[];
  /** Whether the kernel did at every step what the model says, every time. Not so without a difference: it had another choice. */
  readonly agrees: boolean;
  /** On how many guests, each booted for it, it was played, and on how many it went so; where that is more than one. */
  readonly times?: { readonly played: number; readonly agreed: number };
  /** Set where no outcome can show the break, even if every step agrees. */
  readonly unobservable?: string;
  readonly difference?: Divergence;
}

/** What a guest said while a story was played. */
export interface Transcript {
  readonly rule: string;
  readonly breakClass: string;
  readonly steps: TraceRun['story'];
  /** The kernel's own messages. */
  readonly console: readonly string[];
}

/** Why no outcome can show that a rule is broken; undefined where one can. */
export const unobservableOf = ({ recoverable, unobservable }: Rule<never>): string | undefined =>
  recoverable ? 'one way there cannot show that no way leads back' : unobservable;

/** A guest that tells what its kernel said since it was reset. */
type Witness = SystemUnderTest & { log(): readonly string[] };

/**
 * Plays the shortest story of every break class on one guest after the other: with the first of the ways to set it up in
 * which the kernel takes the story's choices.
 */
export async function observeStories(
  { rules, tables }: Check,
  model: Lts,
  guests: AsyncIterable<Witness>,
  kernel: string,
  setups: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly seen: readonly Observation[]; readonly transcripts: readonly Transcript[] }> {
  const seen = new Map<string, Observation>();
  const transcripts = new Map<string, Transcript>();
  for await (const guest of guests)
    for (const { rule, name, path } of rules.flatMap(classesOf)) {
      if (path === undefined || signal.aborted) continue;
      const key = `${rule.id} ${name}`;
      const calls = path.map((stimulus) => tables.network.stimuli[stimulus]!.description);
      let walked: TraceRun | undefined;
      // With other functions the kernel's hashes have another order.
      for (const setup of setups) {
        walked = await runTrace(calls, model, guest, setup, emptyCoverage(model));
        if (walked.followed || walked.difference !== undefined || signal.aborted) break;
      }
      const { followed, story, difference } = walked!;
      const before = seen.get(key);
      const unobservable = unobservableOf(rule);
      const otherwise = before?.difference ?? difference;
      seen.set(key, {
        design: tables.network.name,
        rule: rule.id,
        breakClass: name,
        kernel,
        calls,
        agrees: followed && before?.agrees !== false,
        ...(before === undefined ? {} : { times: onceMore(before, followed) }),
        ...(unobservable === undefined ? {} : { unobservable }),
        ...(otherwise === undefined ? {} : { difference: otherwise }),
      });
      if (!transcripts.has(key))
        transcripts.set(key, {
          rule: rule.id,
          breakClass: name,
          steps: story,
          console: guest.log(),
        });
    }
  return { seen: [...seen.values()], transcripts: [...transcripts.values()] };
}

const classesOf = ({ rule, classes = [] }: RuleResult<unknown>) =>
  classes.map(({ name, path }) => ({ rule, name, path }));

const onceMore = (
  { agrees, times }: Observation,
  followed: boolean,
): NonNullable<Observation['times']> => {
  const { played, agreed } = times ?? { played: 1, agreed: agrees ? 1 : 0 };
  return { played: played + 1, agreed: agreed + (followed ? 1 : 0) };
};

/** What guests said, as a text to be kept beside what was seen. */
export function transcriptText(
  seen: readonly Observation[],
  transcripts: readonly Transcript[],
  scope: string,
): string {
  return transcripts
    .flatMap(({ rule, breakClass, steps, console }) => {
      const { design, kernel, times } = seen.find(
        (s) => s.rule === rule && s.breakClass === breakClass,
      )!;
      return [
        `# ${rule}: ${design}, scope ${scope}, on ${kernel}${timesText(times)}`,
        ...steps.map(({ call, outcome }) => `${call}: ${outcome}`),
        ...(console.length === 0 ? ['(the kernel said nothing)'] : ['the kernel said:']),
        ...console.map((line) => `  ${line}`.trimEnd()),
        '',
      ];
    })
    .join('\n');
}

export const timesText = (times: Observation['times']): string =>
  times === undefined ? '' : `, ${times.agreed} of ${times.played} times`;
