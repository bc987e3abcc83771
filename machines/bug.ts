import { flipped } from '../src/domain.js';
import type { Network, Rule } from '../src/model/network.js';
import { type KernelFixes, kernelFixes } from './clients/kernelFixes.js';
import { clientNetwork } from './clients/network.js';
import { parseClientScope } from './clients/scopes.js';
import type { ClientWorld } from './clients/world.js';
import { type Design, networkOf } from './design.js';
import { design as linux60 } from './designs/linux-6.0.js';
import type { Features } from './features.js';
import { parseScope } from './scopes.js';
import type { World } from './world.js';

/** A bug found on real kernels or in review, as a pair of networks that differ in its fix. */
export interface Bug {
  readonly name: string;
  /** The misbehavior, in one sentence. */
  readonly description: string;
  /** The report, paraphrased. */
  readonly report: string;
  /** The mails or commits behind the report. */
  readonly source: string;
  /** The commit that fixes it. */
  readonly fixedBy: string;
  /** The first Linux release with the fix. */
  readonly release: string;
  /** Calls that show the consequence. They run after the story, or instead of it where the rule has no story. */
  readonly afterwards?: readonly string[];
  /** The network that breaks its one rule. */
  readonly before: Network;
  /** The network in which the same rule holds. */
  readonly after: Network;
}

/**
 * Networks of clients on linux-6.0 in the bug's own scope, with and without the fix. `after` and `before` override
 * the kernel fixes of linux-6.0. Throws RW010.
 */
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

/** Networks of a design in the bug's own scope: as it is, and with the features `before` the fix. Throws RW010. */
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
