import { counted, number } from '../model/formatNumber.js';
import type {
  Break,
  Coverage,
  Review,
  ReviewedDesign,
  ReviewedRule,
  Since,
  Witness,
} from './review.js';
import type { Step } from './step.js';

// Sentences that every format shares.

/** The rules of a design, grouped by their status. */
export function tally({ cells }: ReviewedDesign) {
  const those = (...wanted: readonly string[]) =>
    Object.entries(cells).flatMap(([id, cell]) => (wanted.includes(cell) ? [id] : []));
  return {
    rules: those('holds', 'starves', 'seen', 'broken', 'unknown').length,
    broken: those('seen', 'broken'),
    seen: those('seen'),
    unknown: those('unknown'),
  };
}

/**
 * The review's answer to the question, as far as the question's design was explored; undefined if that design is not in
 * the review.
 */
export function answer({ question, designs }: Review): string | undefined {
  const design = designs.find(({ name }) => name === question?.design);
  if (design === undefined) return undefined;
  const { broken, rules, unknown } = tally(design);
  const open =
    unknown.length === 0
      ? ''
      : `, and ${unknown.length} ${unknown.length === 1 ? 'is' : 'are'} unknown`;
  return `The mail, taken literally, breaks ${broken.length} of ${counted(rules, 'rule')} in this scope${open}.`;
}

/** The coverage of a design, as text. */
export function walked({ stopped, states, transitions, depth, held }: Coverage): string {
  const counts = `${counted(states, 'state')}, ${counted(transitions, 'transition')}`;
  const seen =
    held === undefined
      ? `${counts}, depth ${depth}`
      : `${counts}; held as ${counted(held, 'state')}, depth ${depth}`;
  return stopped === undefined
    ? `all paths explored: ${seen}`
    : `stopped (${stopped}): ${seen}; the rest is unknown`;
}

/** The comparison of two designs, as text. */
export function compared({ name, stopped, pairs, calls, sorts }: Since): string {
  const seen = `${counted(pairs, 'pair')} of states, ${counted(calls, 'call')}`;
  const found =
    sorts > 0
      ? counted(sorts, 'divergence class')
      : stopped === undefined
        ? 'the same outcomes everywhere'
        : 'no difference found';
  return `Compared with ${name}: ${found} (${stopped === undefined ? '' : `stopped (${stopped}): `}${seen}, as far as both sides agree).`;
}

/** Whether any kernel was seen to break the rule this way, for any design. */
export const isSeen = ({ designs }: Break): boolean => designs.some(({ seen }) => seen.length > 0);

/** The title of a review. */
export const title = ({ question, domain }: Review): string =>
  question?.text ?? `Design review of ${domain}`;

/** Some broken rules under a title, each with its breaks. */
export interface Side {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly broken: readonly BrokenRule[];
}

/**
 * Broken rules that a kernel showed, and broken rules of the model only. Where no kernel can play the stories, all
 * broken rules.
 */
export function sides({ breaks, rules, played }: Review): readonly Side[] {
  const broken = (some: readonly Break[]) =>
    rules
      .map((rule) => ({ rule, breaks: some.filter((found) => found.rule === rule.id) }))
      .filter((one) => one.breaks.length > 0);
  if (!played)
    return [
      {
        id: 'model',
        title: 'Broken rules',
        description: 'Each with a shortest story after which it is broken.',
        broken: broken(breaks),
      },
    ];
  return [
    {
      id: 'seen',
      title: 'Broken, and seen on a kernel',
      description:
        'The named kernel executed these calls, and every step had the outcome given here.',
      broken: broken(breaks.filter(isSeen)),
    },
    {
      id: 'model',
      title: 'Broken in the model only',
      description: 'No kernel showed these breaks; each entry gives the reason.',
      broken: broken(breaks.filter((found) => !isSeen(found))),
    },
  ];
}

/** A rule with some of the ways in which it breaks. */
export interface BrokenRule {
  readonly rule: ReviewedRule;
  readonly breaks: readonly Break[];
}

/** Notes on a break, to print before its story. */
export const notes = ({ missed, noWayBack, aboutPath, steps }: Break): readonly string[] => [
  ...missed.map((goal) => `Never reached: ${goal}.`),
  ...(noWayBack ? ['After this, nothing leads back.'] : []),
  ...aboutPath,
  ...(steps === undefined && missed.length === 0
    ? ['The search for its shortest story was stopped.']
    : []),
  ...(steps?.length === 0 ? ['Broken before any call.'] : []),
];

/** The glossaries, each with the designs that it is for. */
export function legends({
  designs,
}: Review): readonly { description: string; designs: string[] }[] {
  const all = new Map<string, string[]>();
  for (const { name, legend } of designs)
    if (legend !== '') all.set(legend, [...(all.get(legend) ?? []), name]);
  return [...all].map(([description, names]) => ({ description, designs: names }));
}

/** The end of `fixed`, where kernels could show the fixes. */
export const modelOnly = ({ played }: Review): string =>
  played ? ' This is a claim about the model: no kernel with these fixes was built.' : '';

/** The number of sets checked and the fixes found, as text; undefined if none were searched for. */
export function fixed({ fixReport }: ReviewedDesign): string | undefined {
  const { sets, walked, stopped } = fixReport ?? {};
  if (sets === undefined) return undefined;
  const [first] = sets;
  const open = stopped
    ? ' The search was stopped: a set that was not explored completely may also fix everything.'
    : '';
  if (first === undefined)
    return stopped
      ? `No set of fixes was found that fixes everything (${walked}).${open}`
      : `No set of fixes repairs everything (${walked}).`;
  const these = sets.length === 1 ? 'this set' : `each of these ${number(sets.length)} sets`;
  return `Every rule holds, in this scope, with ${these} of ${counted(first.length, 'fix')} (${walked}).${open}`;
}

/** Groups designs with the same evidence. */
export function alike(witnesses: readonly Witness[]): readonly (readonly Witness[])[] {
  const all = new Map<string, Witness[]>();
  for (const witness of witnesses) {
    const key = JSON.stringify([witness.seen, witness.unobservable]);
    all.set(key, [...(all.get(key) ?? []), witness]);
  }
  return [...all.values()];
}

/** The evidence, one line each. */
export const words = ({ seen, unobservable }: Witness): readonly string[] => [
  ...seen.map((kernel) => `seen on ${kernel}`),
  ...unobservable,
];

/** The --scope option to append to a command; empty for the default scope. */
export const scopeFlag = ({ scope }: Pick<Review, 'scope'>): string =>
  scope === undefined || scope.name === 'default' ? '' : ` --scope ${scope.name}`;

/** `, scope NAME`; empty if there are no scopes. */
export const inScope = ({ scope }: Pick<Review, 'scope'>): string =>
  scope === undefined ? '' : `, scope ${scope.name}`;

/** How to read a story without return values and functions. */
export const PLAIN_STORY =
  'A story is a shortest sequence of calls that breaks the rule, each with its outcome.';

/** Whether the calls of a story return values and change functions; otherwise each has an outcome alone. */
export const isOfKernel = (steps: readonly Pick<Step, 'returned'>[]): boolean =>
  steps.some(({ returned }) => returned !== undefined);
