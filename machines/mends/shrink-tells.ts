import type { Mend } from '../mend.js';

export const mend: Mend = {
  name: 'shrink-tells',
  description:
    'A filter change of a live IPMODIFY ops tells the owners (DISABLE) of the records it leaves, as unregister does.',
  where: 'ftrace_set_filter_ip(): cleanup_direct_functions_after_ipmodify() for what is removed',
  against: 'It must hold direct_mutex, as growth-asks must.',
  change: { shrinkTells: true },
};
