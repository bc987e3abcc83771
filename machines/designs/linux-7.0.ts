import type { Design } from '../design.js';
import { design as linux618 } from './linux-6.18.js';

export const design: Design = {
  name: 'linux-7.0',
  date: '2026-01-28',
  description:
    'Linux 7.0: all BPF trampolines share one direct ops, whose functions each have a trampoline, and a callback is about one function',
  source: 'commits 05dc5e9c1fe1, 8d2c1233f371, e93672f770d7, 7d0452497c29, 956747efd82a (2026)',
  features: {
    ...linux618.features,
    directHashApi: true,
    askGranularity: 'record',
    directFlags: 'added',
    trampolineSource: 'table',
  },
  breaks: [
    'agreement-is-used',
    'consent-is-exact',
    'enable-and-disable-pair',
    'fails-right-there',
    'ipmodify-joins-after-yes',
    'no-warning',
    'order-does-not-matter',
    'refused-changes-nothing',
    'searches-only-when-direct',
    'try-again-can-succeed',
  ],
};
