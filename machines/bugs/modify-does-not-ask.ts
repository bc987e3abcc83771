import { type Bug, pair } from '../bug.js';
import { design } from '../designs/linux-6.12.js';
import { rule } from '../rules/new-trampoline-after-yes.js';

export const bug: Bug = {
  name: 'modify-does-not-ask',
  description:
    'Modify gives an IPMODIFY record a trampoline that may call the original function, and does not ask the owner.',
  report:
    'Load a livepatch, attach fentry to its function, then attach fexit. register asked the owner for fentry, but modify_ftrace_direct() does not ask when it sets the trampoline that also serves fexit. From then on the original function runs instead of the patched one.',
  source: 'mail 20251027175023.1521602-3-song@kernel.org',
  fixedBy: '3e9a18e1c3e9',
  release: '6.18',
  // W agrees to any trampoline, as BPF does to that of fentry. The bug is that modify sends no command.
  ...pair(rule, 'records=1,ipmodify=1,willing=1', design, { asksOnModify: false }),
};
