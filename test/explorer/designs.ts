import { networkOf } from '../../machines/design.js';
import { parseScope } from '../../machines/scopes.js';
import type { World } from '../../machines/world.js';
import { designNamed, rules } from '../../src/cli/shared/registry.js';
import type { Network } from '../../src/model/network.js';

/** A design with all rules, as on the page. */
export const networkIn = async (design: string, scope: string): Promise<Network<World>> =>
  networkOf(await designNamed(design), parseScope(scope), await rules());
