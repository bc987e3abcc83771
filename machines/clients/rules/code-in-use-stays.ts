import type { Rule } from '../../../src/model/network.js';
import { livepatch } from '../livepatch/client.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'code-in-use-stays',
  description:
    'A livepatch whose body a task sleeps in is not unloaded, whether transitions were forced or not.',
  source:
    'Documentation/livepatch/livepatch.rst: after a force the removal of modules is disabled, as a task may sleep in them',
  always: (world) => !world.of(livepatch).hasFreedSleeper,
};
