import type { Rule } from '../../../src/model/network.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'kernel-lives',
  description:
    'No action of an administrator leaves a function whose next call makes the kernel panic or oops.',
  source: 'taken for granted by every administrator',
  always: ({ end }) => end === undefined,
};
