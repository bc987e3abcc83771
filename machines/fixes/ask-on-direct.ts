import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'ask-on-direct',
  description: 'When a direct ops meets an IPMODIFY record, its own owner is asked (SELF).',
  where: '__ftrace_hash_update_ipmodify() (commit 53cd885bc5c3)',
  drawback: 'The owner is asked under ftrace_lock.',
  change: { directMeetsIpmodify: 'asks' },
};
