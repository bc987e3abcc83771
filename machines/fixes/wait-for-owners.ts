import type { Fix } from '../fix.js';
import type { Scope } from '../scopes.js';

export const fix: Fix = {
  name: 'wait-for-owners',
  description:
    'A call whose PEER or DISABLE meets the lock of an owner (-EAGAIN) releases direct_mutex, and sends the command again.',
  where: 'register_ftrace_function() and unregister_ftrace_function()',
  drawback:
    'The call sends PEER again to owners that agreed before, and another caller can come first again and again.',
  change: { waitsForOwners: true },
  concerns: ({ callers }: Scope) => callers > 1,
};
