import { type Bug, pair } from '../bug.js';
import { design } from '../designs/linux-6.0.js';
import { rule } from '../rules/consent-is-exact.js';

export const bug: Bug = {
  name: 'owner-not-told',
  description:
    'The IPMODIFY ops is gone, and the owner of the direct ops goes on sharing with nobody.',
  report:
    'Versions 1 and 2 of the patches define a command that ends sharing, and nothing ever sends it. Version 3 has unregister send it.',
  source: 'mails 20220602193706.2607681 (version 2), 20220718001405.2236811 (version 3)',
  fixedBy: '53cd885bc5c3',
  release: '6.0',
  // Only this one of the changes in version 3.
  ...pair(rule, 'records=1,ipmodify=1,willing=1', design, { notifiesOnUnregister: false }),
};
