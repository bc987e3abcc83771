import type { Features } from './features.js';
import type { Scope } from './scopes.js';

/** A legend for the stories of a design in a scope, for readers who know ftrace but not recwalk. */
export function legend(scope: Scope, { directHashApi, askGranularity }: Features): string {
  const { callers } = scope;
  const has = (key: keyof Scope, description: string) =>
    Number(scope[key]) > 0 ? [description] : [];
  const owners = [
    ...has('willing', 'W always returns 0'),
    ...has('refusing', 'R always returns -EBUSY'),
    ...has('bpf', 'B behaves like BPF (returns -EAGAIN, then 0)'),
    ...has('absent', 'A has none'),
    ...has('positive', 'P returns 1'),
    ...has('moving', 'M removes a record from its own filter when asked, then returns 0'),
    ...has('scripted', 'Q returns what script says about its next commands, then 0'),
    ...has('trying', 'L returns 0, or -EAGAIN while a caller of its own holds its lock'),
    ...has('locking', 'K returns 0, but first waits while a caller of its own holds its lock'),
  ];
  const ops = [
    ...has('ipmodify', 'X Y are IPMODIFY ops'),
    ...has('tracer', 'T a tracer'),
    ...has('regs', 'S a tracer with SAVE_REGS'),
    ...(owners.length === 0 ? [] : [`direct ops by their owner's ops_func: ${owners.join(', ')}`]),
  ];
  return [
    `${ops.join('; ')}. 1 2 are functions.`,
    ...has(
      'misuse',
      'plain register is register_ftrace_function() of a direct ops; "unregister B other" names the trampoline that is not in force.',
    ),
    'add and remove are ftrace_set_filter_ip().',
    ...(directHashApi
      ? has(
          'bpf',
          'direct add, del and mod are update_ftrace_direct_add(), _del() and _mod(); "direct del B 1 other" names the trampoline that is not in force.',
        )
      : []),
    ...has(
      'scripted',
      '"script Q 0,add 1": to its next command Q returns 0; at the one after that it first adds 1 to its own filter.',
    ),
    ...has(
      'attributes',
      'preset sets PERMANENT, IPMODIFY or func of an idle ops by hand; reset sets flags and func as declared.',
    ),
    ...(callers === 1
      ? []
      : [
          '"1: register X" is a call of caller 1, and "1 goes on" the next part of its call; "stopped at direct_mutex": the call is about to take that lock, and holds no lock of ftrace; "stopped at ftrace_lock": it holds direct_mutex.',
        ]),
    'After each call: its return value; each owner that it asked, with the answer;',
    'then each changed function, as in enabled_functions: (count), flags, trampoline, and everything that ran when it was called.',
    ...(askGranularity === 'record' ? ['PEER(1): a callback about function 1.'] : []),
    '"records 2,1" is the order in which the kernel visits them.',
  ].join(' ');
}
