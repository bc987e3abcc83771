import type { Rule } from '../../../src/model/network.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'kernel-lives',
  description: 'No action of an administrator leaves a function whose next call panics the kernel.',
  source: 'taken for granted by every administrator',
  always: ({ panics }) => !panics,
};
