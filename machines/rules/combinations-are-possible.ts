import type { Goal, Rule } from '../../src/model/network.js';
import { agrees, type World } from '../world.js';

const goal = (
  description: string,
  direct: boolean,
  ipmodify: boolean,
  inScope: (world: World) => boolean,
): Goal<World> => ({
  description,
  holds: (world) =>
    world.records.some(
      (r) => world.hasDirect(r.number) === direct && world.hasIpmodify(r.number) === ipmodify,
    ),
  inScope,
});

const hasDirect = ({ ops }: World) => ops.some(({ kind }) => kind === 'direct');
const hasIpmodify = ({ ops }: World) => ops.some(({ kind }) => kind === 'ipmodify');
/** Whether an owner can agree, and both ops can have a filter at the same time. */
const hasBoth = (world: World) =>
  hasIpmodify(world) &&
  world.scope.inuse > 1 &&
  world.ops.some(({ kind, owner }) => kind === 'direct' && agrees(owner));

export const rule: Rule<World> = {
  id: 'combinations-are-possible',
  description: 'A record can have a direct ops, an IPMODIFY ops, or both.',
  source:
    'RFC mail 20220714204817.2889e280, case 1: "a direct ops that can share IPMODIFY [...] this attach works"',
  possible: [
    goal('a direct ops alone on a record', true, false, hasDirect),
    goal('an IPMODIFY ops alone on a record', false, true, hasIpmodify),
    goal('a direct ops and an IPMODIFY ops on one record', true, true, hasBoth),
  ],
};
