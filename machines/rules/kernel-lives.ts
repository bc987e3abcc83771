import type { Rule } from '../../src/model/network.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'kernel-lives',
  description:
    'No call crashes the kernel, or leaves a function in a state where the next call of it jumps to a NULL func or kills ftrace.',
  source: 'taken for granted by every caller of register',
  always: ({ oops, diesWhenCalled }) => !oops && !diesWhenCalled,
};
