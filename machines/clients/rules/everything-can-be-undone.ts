import type { Rule } from '../../../src/model/network.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'everything-can-be-undone',
  description:
    'Everything can be undone: from everywhere actions lead back to functions that nobody is on.',
  source: 'what whoever unloads a module takes for granted',
  recoverable: (world) => world.records.every(({ number, shown }) => world.free(number) && !shown),
};
