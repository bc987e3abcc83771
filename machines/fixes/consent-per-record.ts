import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'consent-per-record',
  description: 'An owner is asked, and told, about one record, and answers for that record only.',
  where: 'ops_func() with the ip (commit 956747efd82a does that)',
  drawback: 'Every owner has to be changed, and keep account of records.',
  change: { askGranularity: 'record' },
};
