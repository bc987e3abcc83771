import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'notify-on-register',
  description:
    'The owner of a direct ops is told (DISABLE) when it was registered where no IPMODIFY is: it may have made itself ready, and said -EAGAIN, for an IPMODIFY ops that is gone.',
  where: 'the end of register_ftrace_direct()',
  drawback:
    'One callback more at every register; the owner could see by itself that it was not asked.',
  change: { notifiesOnRegister: true },
};
