import type { Design } from '../design.js';
import { plain } from '../features.js';

export const design: Design = {
  name: 'force-ipmodify',
  date: '2022-07-15T00:13',
  description:
    'Every direct ops also has IPMODIFY. A call that finds IPMODIFY on a record walks all ops to find its holder; removal clears the flag, as before',
  source:
    'quoted in RFC mail 20220714204817.2889e280: "If we force all direct trampoline set IPMODIFY" (Song Liu, 15 Jul 2022; never coded)',
  features: {
    ...plain,
    directSetsIpmodify: 'always',
    ipmodifyMeetsIpmodify: 'asks whose it is',
    directMeetsIpmodify: 'asks',
  },
  breaks: [
    'agreement-is-used',
    'consent-is-exact',
    'direct-joins-after-yes',
    'direct-sets-no-ipmodify',
    'enable-and-disable-pair',
    'exclusive-flags',
    'fails-right-there',
    'flags-are-exact',
    'new-trampoline-after-yes',
    'one-ipmodify',
    'order-does-not-matter',
    'refused-changes-nothing',
    'searches-only-when-direct',
  ],
};
