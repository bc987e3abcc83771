import { type Bug, pair } from '../bug.js';
import { design } from '../designs/linux-6.12.js';
import { rule } from '../rules/try-again-can-succeed.js';

export const bug: Bug = {
  name: 'retry-is-busy',
  description:
    'A register that fails with -EAGAIN leaves its entries in the table of direct functions, and these entries make the retry fail.',
  report:
    'With a livepatch on the function, attaching a BPF fexit program fails: the first register_ftrace_direct() returns -EAGAIN, as it should, and the second finds the function occupied by the first. Reported by Andrey Grodzovsky, October 2025.',
  source: 'mails c5058315a39d4615b333e485893345be, 20251027175023.1521602-2-song@kernel.org',
  fixedBy: '56b3c85e153b',
  release: '6.18',
  afterwards: ['register B records 1'],
  // At that time BPF itself cleared func and trampoline, so the retry got as far as the table.
  ...pair(rule, 'records=1,ipmodify=1,bpf=1', design, { failedRegisterLeavesEntries: true }),
};
