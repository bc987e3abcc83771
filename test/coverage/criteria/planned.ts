import fc from 'fast-check';
import { expect } from 'vitest';
import type {
  CoverageInput,
  Criterion,
  Plan,
  PlannedPath,
} from '../../../src/coverage/criterion.js';
import type { Network } from '../../../src/model/network.js';
import { type Check, check } from '../../../src/search/check.js';
import { randomNetworks } from '../../networks/randomNetwork.js';
import { diningPhilosophers } from '../../toys/dining-philosophers.js';

export interface Done {
  readonly check: Check;
  readonly plan: Plan;
  readonly paths: readonly PlannedPath[];
  /** The coverage of the paths, by the plan's own count. */
  readonly taken: ReadonlySet<number>;
}

/** A plan that is too long is a failure, not a hanging test. */
const ENDLESS = 20_000;

export const groundOf = (check: Check, options: Partial<CoverageInput> = {}): CoverageInput => ({
  check,
  longest: 200,
  given: [],
  signal: new AbortController().signal,
  seed: 1,
  paths: 100,
  mayHold: () => true,
  ...options,
});

export async function searched(criterion: Criterion, network: Network): Promise<Check> {
  return check(network, {
    keepTransitions: true,
    ...(criterion.judges ? {} : { rules: [] }),
  });
}

/** The paths of a criterion, checked: from the first state, each step from the end of the one before, none too long. */
export async function planned(
  criterion: Criterion,
  network: Network,
  options: Partial<CoverageInput> = {},
): Promise<Done> {
  const check = await searched(criterion, network);
  const ground = groundOf(check, options);
  const plan = await criterion.plan(ground);
  if ('because' in plan) throw new Error(plan.because);
  const paths: PlannedPath[] = [];
  const taken = new Set<number>();
  for (const path of ground.given) for (const thing of plan.covers(path)) taken.add(thing);
  for (const path of plan.paths) {
    paths.push(path);
    if (paths.length > ENDLESS) throw new Error('the plan does not end');
    expect(path.steps.length).toBeGreaterThan(0);
    expect(path.steps.length).toBeLessThanOrEqual(ground.longest);
    // There may be millions of steps, so one expectation per step would take minutes.
    path.steps.reduce((state, entry) => {
      if (check.successors!.source(entry) !== state)
        throw new Error(`${entry} does not begin in ${state}: ${path.steps}`);
      return check.successors!.to(entry);
    }, 0);
    for (const thing of plan.covers(path.steps)) taken.add(thing);
  }
  expect([...taken].filter((thing) => thing >= plan.of)).toEqual([]);
  return { check, plan, paths, taken };
}

/** Small networks of any kind, and one with a state without transitions. */
export const networks: fc.Arbitrary<Network> = fc.oneof(
  { weight: 9, arbitrary: randomNetworks as fc.Arbitrary<Network> },
  { weight: 1, arbitrary: fc.constant(diningPhilosophers(3) as Network) },
);

export const stepsOf = ({ paths }: Done): number =>
  paths.reduce((sum, { steps }) => sum + steps.length, 0);
