import type { Rule } from '../../../src/model/network.js';
import { errnoOf } from '../../outcome.js';
import { outcomeOf } from '../outcome.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'refused-leaves-nothing',
  description: 'What was refused left nothing behind: functions look and run as before.',
  source: 'what whoever loads a module or a program takes for granted',
  step: ({ emitted, before, after }) =>
    errnoOf(emitted) === 0 || outcomeOf([], before).join() === outcomeOf([], after).join(),
};
