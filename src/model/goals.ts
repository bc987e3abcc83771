import type { Goal, Rule } from './network.js';

/** The goals of a rule that a network with this world can express. */
export const goalsOf = <W>({ possible = [] }: Rule<W>, world: W): readonly Goal<W>[] =>
  possible.filter((goal) => goal.inScope?.(world) ?? true);

/** What the other goals say. */
export const goalsOutOfScope = <W>(rule: Rule<W>, world: W): readonly string[] => {
  const goals = goalsOf(rule, world);
  return (rule.possible ?? []).flatMap((goal) => (goals.includes(goal) ? [] : [goal.description]));
};
