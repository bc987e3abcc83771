import type { Design } from '../design.js';
import { plain } from '../features.js';

export const design: Design = {
  name: 'proposal',
  date: '2022-07-15T00:48',
  description: "Steven Rostedt's mail, literally; points that the mail leaves open do nothing",
  source:
    'mail "Re: [PATCH v2 bpf-next 3/5] ftrace: introduce FTRACE_OPS_FL_SHARE_IPMODIFY", 14 Jul 2022, 20220714204817.2889e280',
  features: plain,
  breaks: [
    'agreement-is-used',
    'consent-is-exact',
    'direct-joins-after-yes',
    'enable-and-disable-pair',
    'new-trampoline-after-yes',
    'order-does-not-matter',
    'refused-changes-nothing',
  ],
};
