import type { Rule } from '../../src/model/network.js';
import type { World } from '../world.js';

const goal = (says: string, direct: boolean, ipmodify: boolean) => ({
  says,
  holds: (world: World) =>
    world.records.some(
      (r) => world.hasDirect(r.number) === direct && world.hasIpmodify(r.number) === ipmodify,
    ),
});

export const rule: Rule<World> = {
  id: 'combinations-are-possible',
  says: 'A record can have a direct ops, an IPMODIFY ops, or both.',
  source: 'seed mail, case 1: "a direct ops that can share IPMODIFY [...] this attach works"',
  possible: [
    goal('a direct ops alone on a record', true, false),
    goal('an IPMODIFY ops alone on a record', false, true),
    goal('a direct ops and an IPMODIFY ops on one record', true, true),
  ],
};
