import { isLiveness } from '../../../model/liveness.js';
import type { RuleResult } from '../../../search/check.js';
import { starvesText, waitsText } from '../../../search/lassoText.js';

/**
 * For a liveness rule: what never comes true on its path, and how the path goes on; if it holds, which groups a path
 * that is not fair starves.
 */
export function forEver({
  rule,
  path,
  starvation,
  classes = [],
  ...rest
}: RuleResult<never>): readonly string[] {
  if (starvation !== undefined)
    return [
      'It holds on every fair path, and may starve on others:',
      ...starvation.starved.map((group) => `${starvesText(group)}.`),
    ];
  if (!isLiveness(rule) || path === undefined) return [];
  const { stem } = rest;
  const end = path.length;
  const onward =
    stem === undefined
      ? `Nothing follows the last step (${classes[0]!.name}).`
      : `${stem === end - 1 ? `Step ${end} repeats` : `Steps ${stem + 1} to ${end} repeat`} for ever.`;
  return [waitsText({ path, ...rest }), onward];
}
