import type { Rule } from '../../src/model/network.js';
import { description } from '../outcome.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'no-warning',
  description: 'No call makes the kernel WARN.',
  source: 'a refusal is an errno; WARN_ON_ONCE() in ftrace_get_addr_new(), ftrace_get_addr_curr()',
  step: ({ emitted }) => !description(emitted, 'WARN'),
};
