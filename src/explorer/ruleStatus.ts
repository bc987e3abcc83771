import { goalsOf } from '../model/goals.js';
import type { Rule } from '../model/network.js';
import type { Given, GivenVerdict } from './given.js';
import type { Step, Walk } from './walk.js';

/** How a rule stands in a story, and on all paths. */
export interface RuleStatus {
  readonly rule: Omit<Rule<never>, 'always' | 'each' | 'step' | 'possible' | 'recoverable'>;
  /** What the present state, or the call that led there, does to it. `unsaid`: no single story can tell. */
  readonly here: 'holds' | 'broken' | 'unsaid';
  /** The first step of the story that breaks it; 0: it is broken before any call. */
  readonly since?: number;
  /** Of the goals of a `possible` rule, those that this story has reached, and the others. */
  readonly goals?: readonly { readonly description: string; readonly reached: boolean }[];
  /** Of all paths; undefined where nobody has walked them. */
  readonly whole?: GivenVerdict;
}

/** Every rule after the last of these steps. */
export function ruleStatuses<W>(
  walk: Walk<W>,
  steps: readonly Step[],
  given: Given | undefined,
): readonly RuleStatus[] {
  const places = [walk.first, ...steps.map(({ after }) => after)];
  return walk.rules.map((rule): RuleStatus => {
    const whole = given?.verdicts.find((verdict) => verdict.rule === rule.id);
    const told = { rule, ...(whole && { whole }) };
    if (rule.possible !== undefined)
      return {
        ...told,
        here: 'unsaid',
        goals: goalsOf(rule, walk.world(walk.first)).map(({ description }) => ({
          description,
          reached: places.some(({ reached }) => reached.includes(description)),
        })),
      };
    const breaks = rule.recoverable
      ? lost(walk, places, whole)
      : places.map(
          ({ broken }, i) => broken.includes(rule.id) || steps[i - 1]?.broken.includes(rule.id),
        );
    const since = breaks.indexOf(true);
    return {
      ...told,
      here: breaks.at(-1) ? 'broken' : rule.recoverable ? 'unsaid' : 'holds',
      ...(since < 0 ? {} : { since }),
    };
  });
}

/** From where nothing leads back, nothing that comes after it does; known is one such state, where the story of the rule ends. */
function lost<W>(
  walk: Walk<W>,
  places: readonly { readonly state: Int32Array }[],
  { verdict, calls }: Partial<GivenVerdict> = {},
): readonly boolean[] {
  if (verdict !== 'broken' || calls === undefined) return places.map(() => false);
  const end = (walk.tell(calls).at(-1)?.after ?? walk.first).state.join();
  const from = places.findIndex(({ state }) => state.join() === end);
  return places.map((_, i) => from >= 0 && i >= from);
}

/** Ids of the rules that break by a step: by the call, or by the state it leads to and not already the one before. */
export const breaksOf = (step: Step, before: { readonly broken: readonly string[] }): string[] => [
  ...step.broken,
  ...step.after.broken.filter((id) => !before.broken.includes(id) && !step.broken.includes(id)),
];
