import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'direct-without-ipmodify',
  description: 'A direct ops never has IPMODIFY.',
  where: 'MULTI_FLAGS (commit 53cd885bc5c3)',
  drawback:
    'Unless the call also asks the owner, sharing breaks a direct trampoline that depends on the ip.',
  change: { directSetsIpmodify: 'never' },
};
