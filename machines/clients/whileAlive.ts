import type { Rule } from '../../src/model/network.js';
import type { RecordView } from '../world.js';
import type { ClientWorld } from './world.js';

/**
 * A claim about each function while ftrace is alive and switched on. A dead ftrace calls nothing, and a kernel that
 * ends runs nothing: one rule each reports that. An administrator who writes 0 to ftrace_enabled wants no calls.
 */
export const whileAlive = (
  holds: (world: ClientWorld, record: RecordView) => boolean,
): Pick<Rule<ClientWorld>, 'always'> => ({
  always: (world) =>
    world.dead ||
    world.end !== undefined ||
    world.off ||
    world.records.every((record) => holds(world, record)),
});
