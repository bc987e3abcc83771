import { counted } from '../../../model/formatNumber.js';
import type { RuleResult } from '../../../search/check.js';
import type { Checked } from '../checkResult.js';
import { pc } from './color.js';
import { ruleStory, starvationStory, withLegends } from './counterexamples.js';

/** The selected cells: a story per break class, or a line if the rule is not broken. */
export function explainText(checks: readonly Checked[]): string {
  const cells = checks.flatMap((c) => c.check.rules.map((judged) => ({ c, judged })));
  const isBroken = ({ judged }: (typeof cells)[number]) => judged.verdict === 'broken';
  const stories = [
    ...cells.filter(isBroken).map(({ c, judged }) => ruleStory(c, judged, 'all classes')),
    ...cells.flatMap(({ c, judged }) => starvationStory(c, judged)),
  ];
  const others = cells.filter((cell) => !isBroken(cell));
  const lines = others.map(({ c, judged }) => `${explained(c, judged)}\n`).join('');
  return [withLegends(checks, stories), lines].filter((part) => part !== '').join('\n');
}

function explained(checked: Checked, { rule, verdict }: RuleResult<unknown>): string {
  const { complete, stopped, states } = checked.check.exploration;
  const walked = complete
    ? 'all paths explored'
    : `stopped (${stopped}) after ${counted(states, 'state')}`;
  const word =
    verdict === 'holds'
      ? pc.green('holds')
      : verdict === 'unknown'
        ? pc.yellow('unknown')
        : pc.dim('not in this scope');
  return `${word} in ${pc.bold(checked.check.compiled.network.name)}: ${pc.bold(rule.id)} (${[walked, ...scopeOf(checked)].join(', ')})`;
}

function scopeOf({ scope, check: { compiled } }: Checked): string[] {
  if (compiled.network.scopeText === undefined || scope === undefined) return [];
  return [`scope ${scope.name ?? scope.text}`];
}
