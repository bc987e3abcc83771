import type { Rule } from '../../../src/model/network.js';
import { livepatch } from '../livepatch/client.js';
import { whileAlive } from '../whileAlive.js';
import type { ClientWorld } from '../world.js';

export const rule: Rule<ClientWorld> = {
  id: 'removed-is-gone',
  description:
    'While ftrace lives and is on, no call hits a removed program or probe, and a function with nothing attached is as it was before.',
  source: 'taken for granted by anyone who frees a probe, a program or a module',
  ...whileAlive((world, record) => {
    const { body, hits } = world.ran(record);
    const attached = world.attached(record.number);
    return (
      hits.every((hit) => attached.includes(hit)) &&
      (['original', 'overridden'].includes(body) || world.of(livepatch).patches(record.number)) &&
      (!world.free(record.number) || (!record.shown && record.state === 'free'))
    );
  }),
};
