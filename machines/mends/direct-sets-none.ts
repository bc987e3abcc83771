import type { Mend } from '../mend.js';

export const mend: Mend = {
  name: 'direct-sets-none',
  description: 'A direct ops never carries IPMODIFY.',
  where: 'MULTI_FLAGS (commit 53cd885bc5c3)',
  against:
    'Without a question to the owner, a direct trampoline that depends on the ip is broken by sharing.',
  change: { directSetsIpmodify: 'never' },
};
