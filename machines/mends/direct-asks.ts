import type { Mend } from '../mend.js';

export const mend: Mend = {
  name: 'direct-asks',
  description: 'When a direct ops meets an IPMODIFY record, its own owner is asked (SELF).',
  where: '__ftrace_hash_update_ipmodify() (commit 53cd885bc5c3)',
  against: 'The owner is asked under ftrace_lock.',
  change: { directMeetsIpmodify: 'asks' },
};
