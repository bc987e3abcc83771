import type { Design } from '../design.js';
import { design as linux612 } from './linux-6.12.js';

export const design: Design = {
  name: 'linux-7',
  date: '2026-01-28',
  description:
    'Linux 7: update_ftrace_direct_add, _del and _mod change the direct functions of one live ops, and a callback is about one record',
  source: 'commits 05dc5e9c1fe1, 8d2c1233f371, e93672f770d7, 956747efd82a (January 2026)',
  features: {
    ...linux612.features,
    directHashApi: true,
    askGranularity: 'record',
    trampolineSource: 'table',
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
};
