import { modelDigest } from '../../../interpret/modelDigest.js';
import type { Json } from '../../../model/network.js';
import type { Check } from '../../../search/check.js';
import { version } from '../version.js';
import type { Repaired } from './search.js';

/** Output of `repair --json`. */
export function repairReport(repaired: Repaired): Json {
  const { target, before, candidates, repair, fixSets, byRule } = repaired;
  return {
    tool: 'recwalk',
    version,
    design: target.design.name,
    scope: before.compiled.network.scope ?? {},
    machines: modelDigest(before.compiled),
    broken: brokenOf(before),
    changes: candidates.map(({ name, description, where, drawback }) => ({
      name,
      description,
      where,
      drawback,
    })),
    ...repair,
    sets: fixSets.map(({ fixes, check, without }) => ({
      changes: fixes.map((m) => m.name),
      states: check.exploration.states,
      transitions: check.exploration.transitions,
      depth: check.exploration.depth,
      without: without.map(({ fix, check: left }) => ({
        change: fix.name,
        broken: brokenOf(left),
      })),
    })),
    byRule: byRule.map(({ rule, repair: { sets, tried, stopped } }) => ({
      rule,
      sets,
      tried,
      stopped,
    })),
  };
}

const brokenOf = ({ rules, compiled }: Check): Json =>
  rules
    .filter((r) => r.verdict === 'broken')
    .map(({ rule, path }) => ({
      rule: rule.id,
      ...(path === undefined
        ? {}
        : { calls: path.map((s) => compiled.network.stimuli[s]!.description) }),
    }));
