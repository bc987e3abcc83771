import type { Network, Rule } from '../src/model/network.js';
import { type KernelFixes, kernelFixes } from './clients/kernelFixes.js';
import { clientNetwork } from './clients/network.js';
import { parseClientScope } from './clients/scopes.js';
import type { ClientWorld } from './clients/world.js';
import { type Design, flipped, networkOf } from './design.js';
import { design as linux60 } from './designs/linux-6.0.js';
import type { Features } from './features.js';
import { parseScope } from './scopes.js';
import type { World } from './world.js';

/** A bug that was found on real kernels or in review, as a pair of networks that differ in its fix. */
export interface Bug {
  readonly name: string;
  /** What goes wrong. */
  readonly description: string;
  /** What its report said, in our words. */
  readonly report: string;
  /** Where that can be read. */
  readonly source: string;
  readonly fixedBy: string;
  /** The first Linux with the fix. */
  readonly release: string;
  /** Calls that show what came of it: made after the story, or in place of one where a rule has none. */
  readonly afterwards?: readonly string[];
  /** Breaks the one rule that it has. */
  readonly before: Network;
  /** The same rule holds in it. */
  readonly after: Network;
}

/** Clients above linux-6.0 in a scope of the bug's own, and the same in a version as it was before the fix. */
export function clientPair(
  rule: Rule<ClientWorld>,
  scope: string,
  after: Partial<KernelFixes>,
  before: Partial<KernelFixes>,
): Pick<Bug, 'before' | 'after'> {
  const network = (name: string, version: Partial<KernelFixes>) => ({
    ...clientNetwork(
      linux60,
      { ...kernelFixes['linux-6.0']!, ...version },
      parseClientScope(scope),
      [rule],
    ),
    name,
  });
  return { before: network('kprobes before the fix', before), after: network('kprobes', after) };
}

/** A design in a scope of the bug's own, and the same with the switches as they were before the fix. */
export function pair(
  rule: Rule<World>,
  scope: string,
  after: Design,
  before: Partial<Features>,
): Pick<Bug, 'before' | 'after'> {
  const network = (design: Design) => networkOf(design, parseScope(scope), [rule]);
  return {
    before: network({ ...flipped(after, before), name: `${after.name} before the fix` }),
    after: network(after),
  };
}
