import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'direct-without-ipmodify',
  description: 'A direct ops never carries IPMODIFY.',
  where: 'MULTI_FLAGS (commit 53cd885bc5c3)',
  drawback:
    'Without a question to the owner, a direct trampoline that depends on the ip is broken by sharing.',
  change: { directSetsIpmodify: 'never' },
};
