import type { Fix } from '../fix.js';

export const fix: Fix = {
  name: 'consent-per-record',
  description:
    'Each callback to an owner is about one record, and the owner answers for that record only.',
  where: 'ops_func() with the ip (commit 956747efd82a does that)',
  drawback: 'Every owner must change and keep account of records.',
  change: { askGranularity: 'record' },
};
