import type { Rule } from '../../src/model/network.js';
import type { RecordView } from '../world.js';
import type { ClientWorld } from './world.js';

/** A claim of each function while ftrace lives: nobody is called by a dead one, which is told once. */
export const whileAlive = (
  holds: (world: ClientWorld, record: RecordView) => boolean,
): Pick<Rule<ClientWorld>, 'always'> => ({
  always: (world) => world.dead || world.records.every((record) => holds(world, record)),
});
