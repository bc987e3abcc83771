import type { Rule } from '../../src/model/network.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'kernel-lives',
  description: 'No call leads to a function whose next call jumps to a NULL func, or kills ftrace.',
  source: 'what every caller of register takes for granted',
  always: ({ oops, diesWhenCalled }) => !oops && !diesWhenCalled,
};
