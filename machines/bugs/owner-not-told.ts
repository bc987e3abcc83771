import { type Bug, pair } from '../bug.js';
import { design } from '../designs/linux-6.0.js';
import { rule } from '../rules/consent-is-exact.js';

export const bug: Bug = {
  name: 'owner-not-told',
  description: 'The IPMODIFY ops is gone, but the owner of the direct ops is still sharing.',
  report:
    'Versions 1 and 2 of the patches define a command that ends sharing, but no call ever sends it. In version 3, unregister sends it.',
  source: 'mails 20220602193706.2607681 (version 2), 20220718001405.2236811 (version 3)',
  fixedBy: '53cd885bc5c3',
  release: '6.0',
  // Only this one of the changes in version 3.
  ...pair(rule, 'records=1,ipmodify=1,willing=1', design, { notifiesOnUnregister: false }),
};
