/**
 * Walks a design with XState itself, as a user would without recwalk: `graph` by getAdjacencyMap of
 * xstate/graph, `search` by a search that keeps states as texts. Prints { states, transitions } as JSON.
 *
 *     jiti test/bench/xstate.ts graph linux-6.12 small
 */

import { network } from '../machines/networks.js';
import { bruteForce } from '../networks/bruteForce.js';
import { adjacency } from './adjacency.js';

const [how, design, scope] = process.argv.slice(2);
const walked = how === 'graph' ? adjacency : bruteForce;
const { states, transitions } = walked(await network(design!, scope!));
process.stdout.write(JSON.stringify({ states, transitions }));
