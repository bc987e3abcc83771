import { type Bug, pair } from '../bug.js';
import { design } from '../designs/linux-6.12.js';
import { rule } from '../rules/new-trampoline-after-yes.js';

export const bug: Bug = {
  name: 'modify-does-not-ask',
  description:
    'Modify brings a trampoline that may call the original function to an IPMODIFY record, and its owner is not asked.',
  report:
    'Load a livepatch, attach fentry to its function, attach fexit: register asked for fentry, nothing asks when modify_ftrace_direct() brings the trampoline that serves fexit too. From then on the original function runs, and not the patched one.',
  source: 'mail 20251027175023.1521602-3-song@kernel.org',
  fixedBy: '3e9a18e1c3e9',
  release: '6.18',
  // W agrees to any trampoline, as BPF does to that of fentry. The bug is that modify sends no command.
  ...pair(rule, 'records=1,ipmodify=1,willing=1', design, { asksOnModify: false }),
};
