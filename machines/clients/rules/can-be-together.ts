import type { Rule } from '../../../src/model/network.js';
import type { ClientWorld } from '../world.js';

const goal = (says: string, holds: (world: ClientWorld) => boolean) => ({ says, holds });
const has = (world: ClientWorld, ...names: readonly string[]) =>
  names.every((name) => world.attached(1).includes(name));

export const rule: Rule<ClientWorld> = {
  id: 'can-be-together',
  says: 'A BPF program can be on a livepatched function, beside a kprobe that does not change the ip.',
  source: 'seed mail: "a direct ops that can share IPMODIFY"; commits 00963a2e75a8, 0bc11ed5ab60',
  possible: [
    goal('fentry on a livepatched function', (world) => world.patched(1) && has(world, 'fentry')),
    goal(
      'a kprobe on a livepatched function',
      (world) => world.patched(1) && world.registered(1).length > 0,
    ),
  ],
};
