import type { Goal, Rule } from './network.js';

/** The goals of a rule that are in scope for a network with this world. */
export const goalsOf = <W>({ possible = [] }: Rule<W>, world: W): readonly Goal<W>[] =>
  possible.filter((goal) => goal.inScope?.(world) ?? true);

/** The descriptions of the goals that are out of scope. */
export const goalsOutOfScope = <W>(rule: Rule<W>, world: W): readonly string[] => {
  const goals = goalsOf(rule, world);
  return (rule.possible ?? []).flatMap((goal) => (goals.includes(goal) ? [] : [goal.description]));
};
