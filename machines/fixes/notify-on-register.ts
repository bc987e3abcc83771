import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'notify-on-register',
  description:
    'A call of register sends DISABLE to the owner of a direct ops if no IPMODIFY is on its records: the owner may have adjusted, and returned -EAGAIN, for an IPMODIFY ops that has left.',
  where: 'the end of register_ftrace_direct()',
  drawback:
    'One more callback at every register; the owner itself could notice that register did not ask it.',
  change: { notifiesOnRegister: true },
};
