import { type Explored, type RuleView, type Step, stepsOf } from './explored.js';
import type { Given, GivenVerdict } from './given.js';

/** The status of a rule in a story, and on all paths. */
export interface RuleStatus {
  readonly rule: RuleView;
  /** Status in the present state and for the call that led there. `unsaid`: no single story can decide it. */
  readonly here: 'holds' | 'broken' | 'unsaid';
  /** The first step of the story that breaks the rule; 0 if it is broken before any call. */
  readonly since?: number;
  /** For a `possible` rule: its goals, and whether this story has reached each. */
  readonly goals?: readonly { readonly description: string; readonly reached: boolean }[];
  /** The verdict on all paths; undefined if no search was done. */
  readonly whole?: GivenVerdict;
}

/** The status of every rule after the last of these steps. */
export function ruleStatuses(
  walk: Explored,
  steps: readonly Step[],
  given: Given | undefined,
): readonly RuleStatus[] {
  const places = [walk.first, ...steps.map(({ after }) => after)];
  return walk.rules.map((rule): RuleStatus => {
    const whole = given?.verdicts.find((verdict) => verdict.rule === rule.id);
    const common = { rule, ...(whole && { whole }) };
    if (rule.goals !== undefined)
      return {
        ...common,
        here: 'unsaid',
        goals: rule.goals.map((description) => ({
          description,
          reached: places.some(({ reached }) => reached.includes(description)),
        })),
      };
    if (rule.ofPaths) return { ...common, here: 'unsaid' };
    const breaks = rule.recoverable
      ? lost(walk, places, whole)
      : places.map(
          ({ broken }, i) => broken.includes(rule.id) || steps[i - 1]?.broken.includes(rule.id),
        );
    const since = breaks.indexOf(true);
    return {
      ...common,
      here: breaks.at(-1) ? 'broken' : rule.recoverable ? 'unsaid' : 'holds',
      ...(since < 0 ? {} : { since }),
    };
  });
}

/**
 * For a recoverable rule: from a state with no way back, no later state has one either. One such state is known, the
 * end of the rule's counterexample.
 */
function lost(
  walk: Explored,
  places: readonly { readonly state: Int32Array }[],
  { verdict, calls }: Partial<GivenVerdict> = {},
): readonly boolean[] {
  if (verdict !== 'broken' || calls === undefined) return places.map(() => false);
  const end = (stepsOf(walk, calls).at(-1)?.after ?? walk.first).state.join();
  const from = places.findIndex(({ state }) => state.join() === end);
  return places.map((_, i) => from >= 0 && i >= from);
}

/**
 * Ids of the rules that a step breaks: by the call, or by its target state if the state before did not break them
 * already.
 */
export const breaksOf = (step: Step, before: { readonly broken: readonly string[] }): string[] => [
  ...step.broken,
  ...step.after.broken.filter((id) => !before.broken.includes(id) && !step.broken.includes(id)),
];
