import type { Rule } from '../../src/model/network.js';
import { errnoOf } from '../outcome.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'returns-zero-or-errno',
  description: 'A call returns 0 or a negative errno, whatever value an owner returns.',
  source: 'taken for granted by every caller of register; ops_func in include/linux/ftrace.h',
  step: ({ emitted }) => errnoOf(emitted) <= 0,
};
