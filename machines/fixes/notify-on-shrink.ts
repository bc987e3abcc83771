import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'notify-on-shrink',
  description:
    'A filter change of a live IPMODIFY ops tells the owners (DISABLE) of the records it leaves, as unregister does.',
  where: 'ftrace_set_filter_ip(): cleanup_direct_functions_after_ipmodify() for what is removed',
  drawback: 'It must hold direct_mutex, as ask-on-growth must.',
  change: { notifiesOnShrink: true },
};
