import type { Network } from '../../src/model/network.js';
import { type Check, check } from '../../src/search/check.js';
import type { Counted } from './golden.js';

interface Counts<W> extends Counted {
  readonly findings: Readonly<Record<string, number>>;
  readonly check: Check<W>;
}

/** Searches a network completely and counts its states, transitions, depth, broken rules and findings. */
export async function countsOf<W>(network: Network<W>): Promise<Counts<W>> {
  const done = await check(network);
  const { exploration, rules, findings } = done;
  const { states, transitions, depth, complete } = exploration;
  if (!complete) throw new Error(`the search of ${network.name} stopped`);
  const broken = rules.filter(({ verdict }) => verdict === 'broken');
  return {
    check: done,
    states,
    transitions,
    depth,
    broken: Object.fromEntries(broken.map(({ rule, path }) => [rule.id, path?.length ?? null])),
    findings: Object.fromEntries(
      findings.map(({ kind, description, path }) => [`${kind}: ${description}`, path.length]),
    ),
  };
}
