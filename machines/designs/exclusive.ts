import type { Design } from '../design.js';
import { plain } from '../features.js';

export const design: Design = {
  name: 'exclusive',
  date: '2019-11-13',
  description:
    'Linux up to 5.19, before sharing: a direct ops is also an IPMODIFY ops, and a record accepts only one ops of either kind',
  source: 'commits f8b8be8a310a (IPMODIFY, 3.19), 763e34e74bb7 (direct calls, 5.5)',
  features: {
    ...plain,
    directSetsIpmodify: 'always',
    failedRegisterLeavesStaleFunc: true,
  },
  breaks: [
    'all-can-be-undone',
    'combinations-are-possible',
    'direct-sets-no-ipmodify',
    'exclusive-flags',
    'order-does-not-matter',
  ],
};
