import type { Bug } from '../../../../machines/bug.js';
import type { Network } from '../../../model/network.js';
import { check } from '../../../search/check.js';
import type { Checked } from '../checkResult.js';

/** One network of the pair, checked. */
export interface Side {
  readonly checked: Checked;
  readonly seconds: number;
}

/** A bug with both of its networks checked. */
export interface Found {
  readonly bug: Bug;
  readonly before: Side;
  readonly after: Side;
}

/** Checks both networks of a bug. */
export const find = async (bug: Bug): Promise<Found> => ({
  bug,
  before: await side(bug.before),
  after: await side(bug.after),
});

/** Checks one network. Scopes of bugs are small: the search needs no limit. */
async function side(network: Network): Promise<Side> {
  const begun = performance.now();
  const done = await check(network);
  return {
    checked: { target: network.name, check: done, played: true, evidence: new Map() },
    seconds: Math.round(performance.now() - begun) / 1000,
  };
}

/** The result of the pair's only rule. */
export const judgedOf = ({ checked: { check } }: Side) => check.rules[0]!;

/** Whether the rule is broken before the fix. */
export const isFound = ({ before }: Found): boolean => judgedOf(before).verdict === 'broken';

/**
 * Whether the rule holds after the fix. A network with a finding proves nothing: not every path was explored to its
 * end.
 */
export const isGone = ({ after }: Found): boolean =>
  judgedOf(after).verdict === 'holds' && after.checked.check.findings.length === 0;
