import type { Design } from '../design.js';

export const design: Design = {
  name: 'proposal',
  says: "Steven Rostedt's mail, literally; what it leaves open does nothing",
  source:
    'mail "Re: [PATCH v2 bpf-next 3/5] ftrace: introduce FTRACE_OPS_FL_SHARE_IPMODIFY", 14 Jul 2022, 20220714204817.2889e280',
  switches: {
    directSetsIpmodify: false,
    ipmodifyMeetsDirect: 'on the record',
    directMeetsIpmodify: 'joins',
    tellsOnUnregister: false,
    modifyAsks: false,
    failedRegisterSpoils: false,
    calleeFrom: 'table',
  },
  breaks: [],
};
