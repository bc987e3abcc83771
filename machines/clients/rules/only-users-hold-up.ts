import type { Rule } from '../../../src/model/network.js';
import { livepatch } from '../livepatch/client.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'only-users-hold-up',
  description:
    'A task holds up the transition of a livepatch only while it sleeps in a function that the transition changes.',
  source:
    'Documentation/livepatch/livepatch.rst: if no affected functions are on the stack of a task, the task is patched',
  always: (world) => world.dead || !world.of(livepatch).isHeldUpInVain,
};
