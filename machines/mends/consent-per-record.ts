import type { Mend } from '../mend.js';

export const mend: Mend = {
  name: 'consent-per-record',
  description: 'An owner is asked, and told, about one record, and answers for that record only.',
  where: 'ops_func() with the ip (commit 956747efd82a does that)',
  against: 'Every owner has to be changed, and keep account of records.',
  change: { consentPer: 'record' },
};
