import type { Design } from '../design.js';
import { plain } from '../features.js';

export const design: Design = {
  name: 'linux-6.0',
  date: '2022-07-22',
  description: 'Linux 6.0, the release that merged sharing: modify does not ask the owner',
  source: 'commits 53cd885bc5c3, f96f644ab97a (July 2022)',
  features: {
    ...plain,
    ipmodifyMeetsDirect: 'before',
    directMeetsIpmodify: 'asks',
    notifiesOnUnregister: true,
    failedRegisterLeavesStaleFunc: true,
  },
  breaks: [
    'agreement-is-used',
    'all-can-be-undone',
    'consent-is-exact',
    'enable-and-disable-pair',
    'fails-right-there',
    'ipmodify-joins-after-yes',
    'new-trampoline-after-yes',
    'order-does-not-matter',
    'refused-changes-nothing',
    'searches-only-when-direct',
    'try-again-can-succeed',
  ],
};
