import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'notify-on-shrink',
  description:
    'A filter change of a live IPMODIFY ops sends DISABLE to the owners of the records that it removes, as unregister does.',
  where:
    'ftrace_set_filter_ip(): cleanup_direct_functions_after_ipmodify() for the removed records',
  drawback: 'It must hold direct_mutex, as ask-on-growth must.',
  change: { notifiesOnShrink: true },
};
