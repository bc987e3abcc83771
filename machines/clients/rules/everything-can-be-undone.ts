import type { Rule } from '../../../src/model/network.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'everything-can-be-undone',
  description: 'From every state, actions can lead back to functions with nothing attached.',
  source: 'taken for granted by anyone who unloads a module',
  recoverable: (world) => world.records.every(({ number, shown }) => world.free(number) && !shown),
};
