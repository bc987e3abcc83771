import { type Design, networkOf } from '../../machines/design.js';
import { parseScope } from '../../machines/scopes.js';
import type { World } from '../../machines/world.js';
import { type Check, check } from '../engine/check.js';
import type { Rule } from '../model/network.js';
import type { Checked } from './checked.js';
import { evidenceOf } from './evidence.js';
import { type LimitFlags, limitsOf } from './limits.js';
import { seenOnKernels } from './seen.js';
import { searchProgress, type Talk } from './talk.js';

/** A design after its check. */
export interface CheckedDesign extends Checked {
  readonly check: Check<World>;
}

/** A design judged by rules, and what kernels showed of what is broken. */
export async function checkedDesign(
  design: Design,
  rules: readonly Rule<World>[],
  flags: LimitFlags & { readonly scope?: string },
  signal: AbortSignal,
  say: Talk,
): Promise<CheckedDesign> {
  const done = await check(networkOf(design, parseScope(flags.scope ?? 'default'), rules), {
    ...limitsOf(flags, signal),
    reductions: 'auto',
    progress: searchProgress(design.name, say),
  });
  return { target: design.name, check: done, evidence: evidenceOf(done, design, seenOnKernels()) };
}
