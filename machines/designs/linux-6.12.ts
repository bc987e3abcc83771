import type { Design } from '../design.js';

export const design: Design = {
  name: 'linux-6.12',
  says: 'Linux 6.12 as Debian ships it (6.12.117)',
  source:
    'kernel/trace/ftrace.c of Debian linux-source-6.12; commits 53cd885bc5c3, 56b3c85e153b, 3e9a18e1c3e9',
  switches: {
    directSetsIpmodify: false,
    ipmodifyMeetsDirect: 'before',
    directMeetsIpmodify: 'asks',
    tellsOnUnregister: true,
    modifyAsks: true,
    failedRegisterSpoils: false,
    calleeFrom: 'ops',
  },
  breaks: [],
  kernel: 'debian:6.12',
};
