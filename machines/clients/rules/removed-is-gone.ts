import type { Rule } from '../../../src/model/network.js';
import { whileAlive } from '../whileAlive.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'removed-is-gone',
  description:
    'While ftrace lives, a removed program or probe is not hit any more, and a function with nothing attached is as it was.',
  source: 'what whoever frees a probe, a program or a module takes for granted',
  ...whileAlive((world, record) => {
    const { body, hits } = world.ran(record);
    const attached = world.attached(record.number);
    return (
      hits.every((hit) => attached.includes(hit)) &&
      (body !== 'patched' || world.patched(record.number)) &&
      (!world.free(record.number) || (!record.shown && record.state === 'free'))
    );
  }),
};
