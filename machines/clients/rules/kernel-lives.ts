import type { Rule } from '../../../src/model/network.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'kernel-lives',
  description:
    'No action of an administrator makes the kernel panic or oops, neither at once nor at the next call of a function, nor when a task goes on.',
  source: 'taken for granted by every administrator',
  always: ({ end }) => end === undefined,
};
