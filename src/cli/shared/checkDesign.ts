import { type Design, networkOf } from '../../../machines/design.js';
import { parseScope } from '../../../machines/scopes.js';
import type { World } from '../../../machines/world.js';
import type { Network, Rule } from '../../model/network.js';
import { type Check, check } from '../../search/check.js';
import type { Checked } from './checkResult.js';
import { evidenceOf, type Played } from './evidence.js';
import { type LimitFlags, limitsOf } from './limits.js';
import { observations } from './observations.js';
import { type ProgressReporter, searchProgress } from './progress.js';

/** A checked design. */
export interface CheckedDesign extends Checked {
  readonly check: Check<World>;
}

/** Checks a design with these rules, and adds the evidence of kernels for broken ones. */
export const checkedDesign = (
  design: Design,
  rules: readonly Rule<World>[],
  flags: LimitFlags & { readonly scope?: string },
  signal: AbortSignal,
  say: ProgressReporter,
): Promise<CheckedDesign> => {
  const network = networkOf(design, parseScope(flags.scope ?? 'default'), rules);
  return checkedTarget({ ...design, network }, flags, signal, say);
};

/** Checks a design or clients in a scope, and adds the evidence of kernels for broken rules. */
export async function checkedTarget<W>(
  target: Played & { readonly network: Network<W> },
  flags: LimitFlags,
  signal: AbortSignal,
  say: ProgressReporter,
): Promise<Checked & { readonly check: Check<W> }> {
  const done = await check(target.network, {
    ...limitsOf(flags, signal),
    reductions: 'auto',
    progress: searchProgress(target.name, say),
  });
  return { target: target.name, check: done, evidence: evidenceOf(done, target, observations()) };
}
