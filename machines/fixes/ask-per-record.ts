import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'ask-per-record',
  description:
    'The owner is asked when the walk over the records comes to one that is DIRECT and not IPMODIFY, by register and filter change alike (the seed mail).',
  where: '__ftrace_hash_update_ipmodify()',
  drawback:
    'It is done under ftrace_lock: an owner that takes a lock of its own, or calls back into ftrace, can deadlock (mails of 15 Jul 2022).',
  change: { ipmodifyMeetsDirect: 'on the record' },
};
