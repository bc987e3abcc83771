import { type Bug, pair } from '../bug.js';
import { design } from '../designs/exclusive.js';
import { rule } from '../rules/entry-is-exact.js';

export const bug: Bug = {
  name: 'entry-stays',
  description:
    'A register that fails after it made an entry in the table of direct functions leaves the entry there.',
  report:
    'Load a livepatch and attach a BPF program to its function, which failed as expected at that time. Attach it once more: register_ftrace_direct() reads an entry that was freed but is still in the table. (The model has no memory; it shows that the entry stays.)',
  source: 'mail 20220524170839.900849-1-song@kernel.org',
  fixedBy: '7d54c15cb89a',
  release: '5.19',
  ...pair(rule, 'records=1,ipmodify=1,absent=1', design, { failedRegisterLeavesEntries: true }),
};
