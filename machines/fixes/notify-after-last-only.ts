import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'notify-after-last-only',
  description:
    'An owner is told that sharing ended (DISABLE) only when no IPMODIFY is left on any record of its ops.',
  where: 'cleanup_direct_functions_after_ipmodify()',
  drawback:
    'Every function of the direct ops must be looked at, at each unregister of an IPMODIFY ops.',
  change: { notifiesAfterLastOnly: true },
};
