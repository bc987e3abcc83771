import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'notify-on-unregister',
  description: 'A call of unregister on an IPMODIFY ops sends DISABLE to the owners.',
  where: 'unregister_ftrace_function(); since version 3 of the patches',
  drawback: 'None known; an owner may ignore it.',
  change: { notifiesOnUnregister: true },
};
