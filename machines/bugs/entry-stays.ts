import { type Bug, pair } from '../bug.js';
import { design } from '../designs/exclusive.js';
import { rule } from '../rules/entry-is-exact.js';

export const bug: Bug = {
  name: 'entry-stays',
  description:
    'A register that fails after it made an entry in the table of direct functions leaves it there.',
  report:
    'Load a livepatch, attach a BPF program to its function, which fails as expected then; attach it once more, and register_ftrace_direct() reads an entry that was freed, but is in the table still. (Memory is not in the model: that the entry stays is.)',
  source: 'mail 20220524170839.900849-1-song@kernel.org',
  fixedBy: '7d54c15cb89a',
  release: '5.19',
  ...pair(rule, 'records=1,ipmodify=1,absent=1', design, { failedRegisterLeavesEntries: true }),
};
