import { diff } from '../../../diff/diff.js';
import type { Since } from '../../../review/review.js';
import type { Limits } from '../../../search/limits.js';
import { becauseOf, divergenceClassesOf } from '../diff/causes.js';
import { diffReport } from '../diff/report.js';
import { FURTHER, newsBeside } from '../diff/text.js';
import { networkOf, type Target } from '../target.js';

/** The differences between a design and the previous one, as `diff` finds them. */
export async function compareToPrevious(
  one: Target,
  other: Target,
  limits: Limits,
): Promise<Since> {
  const [before, after] = [one, other].map((target) => networkOf(target, []));
  const done = await diff(before!, after!, { ...limits, ...divergenceClassesOf(one, other) });
  const because = becauseOf(one, other, done);
  const { pairs, calls, stopped, differences } = diffReport(
    done,
    [one.design.name, other.design.name],
    0,
    because,
  );
  return {
    name: one.design.name,
    target: one.name,
    turned: (because?.turned ?? []).map(({ name, description, values: [from, to] }) => ({
      name,
      from,
      to,
      description,
    })),
    ...(stopped === undefined ? {} : { stopped }),
    pairs,
    calls,
    sorts: differences.length,
    differences: differences
      .slice(0, 1 + FURTHER)
      .map(({ sort, count, steps, call, outcomes, because }) => ({
        sort,
        count,
        after: steps.map((step) => step.call),
        call,
        outcomes: [
          newsBeside(outcomes[1], outcomes[0], steps.at(-1)?.outcome),
          newsBeside(outcomes[0], outcomes[1], steps.at(-1)?.outcome),
        ],
        because: because ?? [],
      })),
  };
}
