import type { Check } from '../../src/search/check.js';

/** All results of a search, and every state by its number with its parent. */
export function inOrder<W>({ exploration, rules, findings }: Check<W>) {
  const { visited, cells, ...counts } = exploration;
  return {
    counts,
    findings,
    rules: rules.map(({ rule, verdict, path, missed, classes }) => [
      ...[rule.id, verdict, path, missed, classes],
    ]),
    states: Array.from({ length: visited.size }, (_, n) => [visited.parent(n), visited.state(n)]),
  };
}
