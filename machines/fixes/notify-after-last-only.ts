import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'notify-after-last-only',
  description:
    'The kernel sends an owner DISABLE only when no record of its ops has IPMODIFY any more.',
  where: 'cleanup_direct_functions_after_ipmodify()',
  drawback: 'Each unregister of an IPMODIFY ops must check every function of the direct ops.',
  change: { notifiesAfterLastOnly: true },
};
