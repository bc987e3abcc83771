import { readdirSync, readFileSync } from 'node:fs';
import { isLiveness } from '../../model/liveness.js';
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

/** All recorded observations of kernels, as `replay --seen` wrote them. */
export function observations(): readonly Observation[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return files
    .sort()
    .flatMap((file) => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Observation[]);
}

/** The recorded transcript of a rule's story on a kernel; empty if there is no log. */
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
  // In another scope a rule may break by another story, so compare the calls too.
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
  /** The break class of the story. */
  readonly breakClass: string;
  readonly kernel: string;
  readonly calls: readonly string[];
  /**
   * Whether the kernel matched the model at every step, every time. False without a `difference`: the kernel made
   * another choice.
   */
  readonly agrees: boolean;
  /** Number of guests, each booted for the story, that played it and that agreed. Set if more than one played it. */
  readonly times?: { readonly played: number; readonly agreed: number };
  /** Set if no outcome can show the break, even if every step agrees. */
  readonly unobservable?: string;
  readonly difference?: Divergence;
}

/** Output of a guest while it played a story. */
export interface Transcript {
  readonly rule: string;
  readonly breakClass: string;
  readonly steps: TraceRun['story'];
  /** The kernel's own messages. */
  readonly console: readonly string[];
}

/** The reason why no outcome can show that a rule is broken; undefined if an outcome can. */
export function unobservableOf(rule: Rule<never>): string | undefined {
  if (rule.recoverable) return 'one way there cannot show that no way leads back';
  return isLiveness(rule) ? 'no run shows that a path goes on for ever' : rule.unobservable;
}

/** A guest that returns the kernel's messages since its last reset. */
type Witness = SystemUnderTest & { log(): readonly string[] };

/**
 * Plays the shortest story of every break class on each guest in turn, with the first setup under which the kernel
 * takes the story's choices.
 */
export async function observeStories(
  { rules, compiled }: Check,
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
      const calls = path.map((stimulus) => compiled.network.stimuli[stimulus]!.description);
      let walked: TraceRun | undefined;
      // Other functions give the kernel's hashes another order.
      for (const setup of setups) {
        walked = await runTrace(calls, model, guest, setup, emptyCoverage(model));
        if (walked.followed || walked.difference !== undefined || signal.aborted) break;
      }
      const { followed, story, difference } = walked!;
      const before = seen.get(key);
      const unobservable = unobservableOf(rule);
      const otherwise = before?.difference ?? difference;
      seen.set(key, {
        design: compiled.network.name,
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

/** The transcripts as text, to store next to the observations. */
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

/** For example `, 3 of 5 times`; empty if the story was played once. */
export const timesText = (times: Observation['times']): string =>
  times === undefined ? '' : `, ${times.agreed} of ${times.played} times`;
