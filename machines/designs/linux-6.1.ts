import type { Design } from '../design.js';

export const design: Design = {
  name: 'linux-6.1',
  says: 'Linux 6.1 as Debian ships it (6.1.192)',
  source: 'kernel/trace/ftrace.c of Debian linux-source-6.1; commits 53cd885bc5c3, 3e9a18e1c3e9',
  switches: {
    directSetsIpmodify: false,
    ipmodifyMeetsDirect: 'before',
    directMeetsIpmodify: 'asks',
    tellsOnUnregister: true,
    modifyAsks: true,
    failedRegisterSpoils: true,
    calleeFrom: 'table',
  },
  breaks: [],
  kernel: 'debian:6.1',
};
