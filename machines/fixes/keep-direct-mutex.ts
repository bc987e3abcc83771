import type { Fix } from '../fix.js';
import type { Scope } from '../scopes.js';

export const fix: Fix = {
  name: 'keep-direct-mutex',
  description:
    'The unregister of an IPMODIFY ops holds direct_mutex from before it leaves its functions until owners were sent DISABLE.',
  where: 'unregister_ftrace_function()',
  drawback: 'The kernel holds direct_mutex while it patches the text, and while it waits for RCU.',
  change: { unregisterKeepsDirectMutex: true },
  concerns: ({ callers }: Scope) => callers > 1,
};
