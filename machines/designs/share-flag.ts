import type { Design } from '../design.js';
import { plain } from '../features.js';

export const design: Design = {
  name: 'share-flag',
  date: '2022-06-02',
  description:
    'Version 2 of the patches: a direct ops has SHARE_IPMODIFY (W from the start, B after it adjusts), IPMODIFY (R) or neither (A). Its only command, ENABLE, appears as PEER here',
  source: 'mail [PATCH v2 bpf-next 3/5], Song Liu, 2 Jun 2022, 20220602193706.2607681',
  features: {
    ...plain,
    directSetsIpmodify: 'if its owner refuses',
    ipmodifyMeetsDirect: 'before',
    directMeetsIpmodify: 'needs SHARE',
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
