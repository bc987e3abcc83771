import type { Rule } from '../../../src/model/network.js';
import { errnoOf } from '../../outcome.js';
import { outcomeOf } from '../outcome.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'refused-leaves-nothing',
  description: 'A refused action leaves nothing behind: functions look and run as before.',
  source: 'taken for granted by anyone who loads a module or a program',
  step: ({ emitted, before, after }) =>
    errnoOf(emitted) === 0 || outcomeOf([], before).join() === outcomeOf([], after).join(),
};
