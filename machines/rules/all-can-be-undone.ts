import type { Rule } from '../../src/model/network.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'all-can-be-undone',
  description:
    'While ftrace lives, calls can lead back to where nothing is attached and everything can be attached anew.',
  source: 'what every caller of unregister takes for granted',
  recoverable: ({ records, ops }) =>
    records.every((r) => r.state === 'free' && r.count === 0 && r.entry === null) &&
    ops.every((o) => !o.enabled && !o.spoiled),
};
