import type { Break, ReviewedFinding, Witness } from '../../../review/review.js';
import type { RuleResult } from '../../../search/check.js';
import type { Checked } from '../checkResult.js';
import { evidenceLines } from '../evidence.js';
import { timesText } from '../observations.js';
import { forEver } from './forEver.js';
import { serially } from './serially.js';
import { reviewSteps } from './steps.js';

/** The breaks of each rule. Designs that break a rule by the same story, with the same outcomes, share one entry. */
export function breaksOf(checks: readonly Checked[]): readonly Break[] {
  const breaks = new Map<string, Break>();
  for (const id of new Set(checks.flatMap((c) => c.check.rules.map(({ rule }) => rule.id))))
    for (const checked of checks) {
      const judged = checked.check.rules.find((r) => r.rule.id === id && r.verdict === 'broken');
      if (judged === undefined) continue;
      const found = breakOf(checked, judged);
      const key = JSON.stringify({ ...found, designs: [] });
      const known = breaks.get(key);
      breaks.set(key, { ...found, designs: [...(known?.designs ?? []), ...found.designs] });
    }
  return [...breaks.values()];
}

/** The break of one rule in one design, with its shortest story. */
export function breakOf(
  checked: Checked,
  judged: RuleResult<never>,
): Break & { readonly designs: readonly [Witness] } {
  const { check } = checked;
  const { rule, path, missed } = judged;
  return {
    rule: rule.id,
    designs: [witnessOf(checked, rule.id)],
    missed: missed ?? [],
    noWayBack: rule.recoverable !== undefined,
    aboutPath: [...forEver(judged), ...serially(check.compiled, judged)],
    ...(path === undefined
      ? {}
      : {
          steps: reviewSteps(check.compiled, path, rule.unobservable !== undefined, checked.played),
        }),
  };
}

function witnessOf({ check, evidence, played }: Checked, id: string): Witness {
  const all = evidence.get(id)?.[0] ?? [];
  const others = all.filter(({ seen }) => !seen);
  return {
    design: check.compiled.network.name,
    seen: all.flatMap(({ seen, kernel, times }) =>
      seen && kernel !== undefined ? [`${kernel}${timesText(times)}`] : [],
    ),
    unobservable: !played || (all.length > 0 && others.length === 0) ? [] : evidenceLines(others),
  };
}

/** The findings of the designs: errors without any rule. */
export const findingsOf = (checks: readonly Checked[]): readonly ReviewedFinding[] =>
  checks.flatMap(({ check, played }) =>
    check.findings.map(({ kind, description, path }) => ({
      design: check.compiled.network.name,
      kind,
      description,
      steps: reviewSteps(check.compiled, path, false, played),
    })),
  );
