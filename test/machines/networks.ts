import { networkOf } from '../../machines/design.js';
import { parseScope } from '../../machines/scopes.js';
import type { World } from '../../machines/world.js';
import { designNamed, rules } from '../../src/cli/shared/registry.js';
import type { Network, Rule } from '../../src/model/network.js';

/** A design's network, with the rules of the catalogue unless others are given. */
export async function network(
  design: string,
  scope: string,
  which?: readonly Rule<World>[],
): Promise<Network<World>> {
  return networkOf(await designNamed(design), parseScope(scope), which ?? (await rules()));
}
