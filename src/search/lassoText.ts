import type { FairGroup } from '../properties/fairnessGroups.js';
import type { Lasso } from './checkResult.js';

// Sentences about the paths that break liveness rules, for every format.

/** What is not true on a path, and from where on. */
export function waitsText({ trigger }: Lasso): string {
  if (trigger === undefined) return 'On this path it never comes true.';
  const since = trigger === 0 ? 'Before any call' : `After step ${trigger}`;
  return `${since} \`from\` is true, and from there on \`to\` never is.`;
}

/** How a path goes on after its last step; `end` is the break class of a path without a loop. */
export const onwardText = ({ stem }: Lasso, end = ''): string =>
  stem === undefined ? `and nothing follows (${end})` : `and so on from step ${stem + 1}`;

/** Why a path is not fair. */
export const starvesText = ({ name, fairness }: FairGroup): string =>
  `"${name}" is enabled ${fairness === 'weak' ? 'all the time' : 'again and again'} and never taken`;

/** What a rule with such a path is, although it holds. */
export const MAY_STARVE = 'It holds on every fair path. This path is not fair:';
