import { type KernelFixes, kernelFixes } from '../../machines/clients/kernelFixes.js';
import { clientNetwork } from '../../machines/clients/network.js';
import { parseClientScope } from '../../machines/clients/scopes.js';
import type { ClientWorld } from '../../machines/clients/world.js';
import { clientRules, designNamed } from '../../src/cli/shared/registry.js';
import type { Network, Rule } from '../../src/model/network.js';

/** The network of the clients above a design, with the rules of the catalogue unless others are given. */
export async function clients(
  design: string,
  scope: string,
  which?: readonly Rule<ClientWorld>[],
  version: Partial<KernelFixes> = {},
): Promise<Network<ClientWorld>> {
  return clientNetwork(
    await designNamed(design),
    { ...kernelFixes[design]!, ...version },
    parseClientScope(scope),
    which ?? (await clientRules()),
  );
}
