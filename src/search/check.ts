import { guardNetwork, guardRules } from '../interpret/guardNetwork.js';
import { isAboutPaths } from '../model/liveness.js';
import type { Network, Rule } from '../model/network.js';
import { Asymmetric } from '../reduce/assertSymmetric.js';
import type { SymmetryCheck } from '../reduce/symmetryCheck.js';
import { checkOnce, MERGED } from './checkOnce.js';
import { type CheckOptions, rulesOf } from './checkOptions.js';
import type { Check, RuleResult } from './checkResult.js';
import { classOf, pathOf } from './counterexamples.js';
import { verifySymmetry } from './verifySymmetry.js';

export type { CheckOptions } from './checkOptions.js';
export {
  type BreakClass,
  type Check,
  type Finding,
  type Lasso,
  type Overlap,
  type ReductionReport,
  type RuleResult,
  type Starvation,
  type Verdict,
  type WrongCall,
  wrongCalls,
} from './checkResult.js';

/** States that `auto` holds before it tries reductions; a search finds them in seconds. */
const MANY = 500_000;

/** Explores every path of the network and checks its rules. Throws UserError if a machine cannot be explored. */
export async function check<W>(network: Network<W>, options: CheckOptions = {}): Promise<Check<W>> {
  guardRules(rulesOf(guardNetwork(network), options), network);
  const { reductions = 'off', maxStates = Number.POSITIVE_INFINITY, checkpoint } = options;
  checkpoint?.open(network, rulesOf(network, options), reductions);
  if (reductions === 'off') return checkOnce(network, options);
  const ofPaths = rulesOf(network, options).find(isAboutPaths);
  if (ofPaths !== undefined) return checkUnreduced(network, options, ofPaths);
  if (reductions === 'auto' && checkpoint?.symmetry === undefined) {
    const plain = await checkOnce(network, { ...options, maxStates: Math.min(maxStates, MANY) });
    if (plain.exploration.stopped !== 'states' || maxStates <= MANY) return plain;
  }
  let kinds =
    checkpoint?.symmetry ??
    (network.symmetry === undefined
      ? []
      : await verifySymmetry(network, rulesOf(network, options), options));
  for (;;) {
    if (checkpoint) checkpoint.symmetry = kinds;
    try {
      return await searchReduced(network, options, kinds);
    } catch (error) {
      if (!(error instanceof Asymmetric)) throw error;
      const { message } = error;
      kinds = kinds.map((one) => (one.because === undefined ? { ...one, because: message } : one));
    }
  }
}

/**
 * Searches without reductions, because of a rule about loops or overlapping calls: stored states that represent several
 * keep neither the loops among those nor which stimuli they enable. Names the reductions that a search without this rule would try.
 */
async function checkUnreduced<W>(
  network: Network<W>,
  options: CheckOptions,
  { id, serializable }: Rule<W>,
): Promise<Check<W>> {
  const plain = await checkOnce(network, options);
  if (options.reductions === 'auto' && plain.exploration.states <= MANY) return plain;
  const kinds = (network.symmetry?.kinds ?? []).map(({ description }) => description);
  const because = `rule ${id} is about ${serializable ? 'overlapping calls' : 'loops'}, and one state stored for several does not keep them`;
  return {
    ...plain,
    reductions: [...kinds.map((kind) => `symmetry of ${kind}`), MERGED].map((description) => ({
      description,
      because,
    })),
  };
}

/** Searches with the symmetries that were not rejected, and with local cycles merged. Throws Asymmetric. */
async function searchReduced<W>(
  network: Network<W>,
  options: CheckOptions,
  kinds: readonly SymmetryCheck[],
): Promise<Check<W>> {
  const { checkpoint } = options;
  const withoutMerging = async (because: string, given: CheckOptions) => {
    const unmerged = await checkOnce(network, given, { kinds });
    return { ...unmerged, reductions: [...unmerged.reductions, { description: MERGED, because }] };
  };
  if (checkpoint?.because !== undefined) return withoutMerging(checkpoint.because, options);
  const merged = await checkOnce(network, options, { kinds, localCycles: true });
  // The checkpoint holds only the search that a later run resumes; any other search starts from the beginning.
  const { checkpoint: _, ...rest } = options;
  const reason = merged.reductions.find(({ description }) => description === MERGED)?.because;
  if (reason !== undefined) {
    if (!merged.exploration.complete) return withoutMerging(reason, rest);
    if (checkpoint) checkpoint.because = reason;
    return withoutMerging(reason, options);
  }
  // A merged search does not count steps within a local cycle, so a search without merging finds the shortest stories.
  const broken = merged.rules.filter(({ classes }) => classes !== undefined);
  if (broken.length === 0 && merged.findings.length === 0) return merged;
  const until = new Map(broken.map(({ rule, classes }) => [rule, classes!.length]));
  const stories = await checkOnce(network, rest, {
    kinds,
    until: { rules: until, findings: merged.findings.length },
  });
  return {
    ...merged,
    compiled: stories.compiled,
    findings: stories.findings.length < merged.findings.length ? merged.findings : stories.findings,
    rules: merged.rules.map((judged, i): RuleResult<W> => {
      if (judged.classes === undefined) return judged;
      const { rule, verdict } = judged;
      const found = stories.rules[i]!.classes ?? [];
      const paths = new Map(found.map(({ name, path }) => [name, path]));
      const position = (name: string) => [...paths.keys()].indexOf(name) >>> 0;
      const classes = judged.classes
        .map(({ name, transitions }) => classOf(name, transitions, paths.get(name)))
        .sort((one, other) => position(one.name) - position(other.name));
      return { rule, verdict, classes, ...pathOf(classes) };
    }),
  };
}
