import type { Mend } from '../mend.js';

export const mend: Mend = {
  name: 'register-tells',
  description:
    'The owner of a direct ops is told (DISABLE) when it was registered where no IPMODIFY is: it may have made itself ready, and said -EAGAIN, for an IPMODIFY ops that is gone.',
  where: 'the end of register_ftrace_direct()',
  against:
    'One callback more at every register; the owner could see by itself that it was not asked.',
  change: { registerTells: true },
};
