import type { Rule } from '../../src/model/network.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'all-can-be-undone',
  description:
    'From every state in which ftrace lives, calls can detach everything and leave every ops ready to be attached again.',
  source: 'taken for granted by every caller of unregister',
  recoverable: ({ records, ops }) =>
    records.every((r) => r.state === 'free' && r.count === 0 && r.entry === null) &&
    ops.every((o) => !o.enabled && !o.spoiled),
};
