import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'ask-on-growth',
  description:
    'A filter change of a live IPMODIFY ops asks the owners (PEER) of the records it comes to, as register does.',
  where: 'ftrace_set_filter_ip(): prepare_direct_functions_for_ipmodify() for what is added',
  drawback:
    'It must hold direct_mutex, which comes before ftrace_lock; regex_lock is held already. A filter change could then fail with whatever an owner answers.',
  change: { asksOnGrowth: true },
};
