import type { Design } from '../design.js';
import { plain } from '../switches.js';

export const design: Design = {
  name: 'proposal',
  date: '2022-07-15T00:48',
  says: "Steven Rostedt's mail, literally; what it leaves open does nothing",
  source:
    'mail "Re: [PATCH v2 bpf-next 3/5] ftrace: introduce FTRACE_OPS_FL_SHARE_IPMODIFY", 14 Jul 2022, 20220714204817.2889e280',
  switches: plain,
  breaks: {
    default: [
      'agreement-is-used',
      'consent-is-exact',
      'direct-joins-after-yes',
      'new-trampoline-after-yes',
      'refused-changes-nothing',
      'regs-is-exact',
    ],
    wide: [
      'agreement-is-used',
      'consent-is-exact',
      'direct-joins-after-yes',
      'new-trampoline-after-yes',
      'refused-changes-nothing',
      'regs-is-exact',
    ],
    edits: [
      'all-can-be-undone',
      'attached-runs',
      'consent-is-exact',
      'direct-joins-after-yes',
      'entry-is-exact',
      'flags-are-exact',
      'ftrace-lives',
      'ipmodify-joins-after-yes',
      'new-trampoline-after-yes',
      'no-warning',
      'one-direct',
      'refused-changes-nothing',
      'regs-is-exact',
    ],
    careless: [
      'attached-runs',
      'consent-is-exact',
      'direct-joins-after-yes',
      'entry-is-exact',
      'kernel-lives',
      'new-trampoline-after-yes',
      'no-warning',
    ],
    notrace: [
      'consent-is-exact',
      'direct-joins-after-yes',
      'entry-is-exact',
      'new-trampoline-after-yes',
      'regs-is-exact',
    ],
    sysctl: [
      'consent-is-exact',
      'direct-joins-after-yes',
      'ftrace-lives',
      'new-trampoline-after-yes',
      'no-warning',
      'regs-is-exact',
    ],
    odd: ['consent-is-exact', 'direct-joins-after-yes', 'new-trampoline-after-yes'],
  },
};
