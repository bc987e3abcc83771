import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'ask-on-growth',
  description:
    'A filter change of a live IPMODIFY ops asks the owners (PEER) of the records that it adds, as register does.',
  where: 'ftrace_set_filter_ip(): prepare_direct_functions_for_ipmodify() for the added records',
  drawback:
    'It must hold direct_mutex, which comes before ftrace_lock; it already holds regex_lock. A filter change could then fail with any value that an owner returns.',
  change: { asksOnGrowth: true },
};
