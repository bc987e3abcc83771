import type { Rule } from '../../src/model/network.js';
import { searchesOf } from '../outcome.js';
import type { World } from '../world.js';

export const rule: Rule<World> = {
  id: 'searches-only-when-direct',
  description:
    'A call that attaches an ops searches the list of ops only on behalf of a record that is DIRECT and not IPMODIFY.',
  source:
    'RFC mail 20220714204817.2889e280: "The only time an iterate should be done is if rec->flags is DIRECT and !IPMODIFY"',
  unobservable:
    'a walk over the list of ops costs time under ftrace_lock, but changes the result of no call',
  step: ({ before, call, emitted }) =>
    ['unregister', 'remove'].includes(call.message.type) ||
    searchesOf(emitted).every(
      ({ record }) => before.record(record).direct && !before.record(record).ipmodify,
    ),
};
