import type { Design } from '../design.js';
import { design as linux61 } from './linux-6.1.js';

export const design: Design = {
  name: 'linux-6.12',
  date: '2024-11-17',
  description: 'Linux 6.12 as Debian ships it (6.12.117)',
  source:
    'kernel/trace/ftrace.c of Debian linux-source-6.12; commits 53cd885bc5c3, 56b3c85e153b, 3e9a18e1c3e9',
  features: {
    ...linux61.features,
    failedRegisterLeavesStaleFunc: false,
    unregisterReadsFilterFirst: false,
    trampolineSource: 'ops',
    notraceUpdate: 'all',
  },
  breaks: [
    'agreement-is-used',
    'consent-is-exact',
    'enable-and-disable-pair',
    'fails-right-there',
    'ipmodify-joins-after-yes',
    'order-does-not-matter',
    'refused-changes-nothing',
    'searches-only-when-direct',
  ],
  kernel: 'debian:6.12',
};
