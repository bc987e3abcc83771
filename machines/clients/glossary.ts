import type { ClientScope } from './scopes.js';

/** A legend for stories of clients, for readers who know ftrace but not recwalk. */
export function legend(scope: ClientScope): string {
  const has = (key: keyof ClientScope, description: string) =>
    scope[key] > 0 ? [description] : [];
  return [
    `1 and 2 are functions (on a kernel cmdline_proc_show() and version_proc_show()).`,
    ...has('fentry', 'fentry and fexit are BPF programs on 1.'),
    ...has('livepatch', `The livepatch patches ${scope.livepatch > 1 ? '1 and 2' : '1'}.`),
    ...has('kprobe', 'P (and P2) are kprobes on 1 without a post_handler.'),
    ...has('post', 'Q (and Q2) are kprobes on 1 with a post_handler.'),
    ...has('override', 'O is a kprobe on 1 with a post_handler that changes the ip.'),
    ...has('elsewhere', 'R is a kprobe on 2 with a post_handler.'),
    ...has('tracer', 'The function tracer is on both.'),
    ...has('sample', 'The sample is a module with a direct ops on 1 that has no ops_func.'),
    'After each action: its return value; then each changed function, as in enabled_functions: (count), flags, owner of the trampoline; and everything that ran when it was called once.',
  ].join(' ');
}
