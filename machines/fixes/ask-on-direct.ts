import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'ask-on-direct',
  description:
    'A call that attaches a direct ops to an IPMODIFY record asks the owner of that ops (SELF).',
  where: '__ftrace_hash_update_ipmodify() (commit 53cd885bc5c3)',
  drawback: 'The callback to the owner runs under ftrace_lock.',
  change: { directMeetsIpmodify: 'asks' },
};
