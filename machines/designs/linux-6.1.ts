import type { Design } from '../design.js';
import { design as linux60 } from './linux-6.0.js';

export const design: Design = {
  name: 'linux-6.1',
  date: '2022-12-11',
  description: 'Linux 6.1 as Debian ships it (6.1.192)',
  source: 'kernel/trace/ftrace.c of Debian linux-source-6.1; commits 53cd885bc5c3, 3e9a18e1c3e9',
  features: {
    ...linux60.features,
    asksOnModify: true,
    unregisterReadsFilterFirst: true,
  },
  breaks: [
    'agreement-is-used',
    'all-can-be-undone',
    'consent-is-exact',
    'enable-and-disable-pair',
    'fails-right-there',
    'ipmodify-joins-after-yes',
    'order-does-not-matter',
    'refused-changes-nothing',
    'searches-only-when-direct',
    'try-again-can-succeed',
  ],
  kernel: 'debian:6.1',
};
