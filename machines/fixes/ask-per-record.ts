import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'ask-per-record',
  description:
    'Register and filter changes both ask the owner when their walk over the records reaches one that is DIRECT and not IPMODIFY (as in the RFC mail).',
  where: '__ftrace_hash_update_ipmodify()',
  drawback:
    'The callback runs under ftrace_lock: an owner that takes its own lock, or calls back into ftrace, can deadlock (mails of 15 Jul 2022).',
  change: { ipmodifyMeetsDirect: 'on the record' },
};
