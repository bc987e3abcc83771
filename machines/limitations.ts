import { opsOf, type Scope } from './scopes.js';

/** Limits of every design in every scope; docs/semantics.md has the same sentences. */
export const limitations: readonly string[] = [
  'RCU and memory. Several callers at once only in a scope with callers: there each caller makes one call at a time, no two make calls on one ops, and a call stops at the locks at which another one can make a difference (docs/callers.md).',
  'Allocation failures (-ENOMEM), functions that disappear, modules.',
  'Adding a function that a filter already has (both kernels: 0, no callback), removing one that it does not have (-ENOENT), excluding an excluded one, writing to ftrace_enabled its present value.',
  'A tracer with an empty filter: it would trace every function. plain register of a direct ops with an empty filter.',
  'Notrace entries for more than one record, or for no record of the scope.',
  'From linux-7.0 on, calls on the ops of B other than direct add, direct del, direct mod and notrace; a direct del that names the trampoline of another ops. An owner that rebuilds its trampoline during PEER or DISABLE succeeds: the clients have the call that it makes there.',
  'Owners whose callback makes a call on another ops, or any call on SELF; scripts of more than two answers, or with two calls.',
  'In a scope with attributes: callers that misuse the API, flags of an ops that is registered, IPMODIFY set on a direct ops of a design that keeps its flags (7.0), attributes of the ops of B from linux-7.0 on.',
  'After ftrace dies, or an oops, recwalk compares nothing more: enabled_functions reads as empty. Some calls still ask owners then (docs/findings.md).',
];

/** Calls that callers make only if the scope sets the key; docs/semantics.md has the same sentences. */
export const switchedOn = {
  edits: 'the filter of a live direct ops changes.',
  misuse:
    'register of a live ops or with an empty filter that the kernel refuses; unregister and modify of an idle one; unregister W other and direct del B 1 other, which name the trampoline that is not in force; direct add, del and mod of no function, of one function twice, and of functions that the ops has or lacks; plain register and plain unregister, which are register_ftrace_function() and unregister_ftrace_function() of a direct ops. Here the model keeps the order of all ops on the list, because a func can be NULL: the next call of the function jumps there (OOPS), or ftrace finds it in the list and dies (WARN while looking).',
  notrace:
    'a notrace entry of an ops excludes the first record of the scope, then stops excluding it.',
  sysctl: 'callers write 0 and 1 to ftrace_enabled.',
  attributes:
    'no call initialized the ops before the story, so register finds one whose filter was never set (OOPS if it is IPMODIFY); preset X permanent, preset W ipmodify and preset W func set a flag, or func, of an idle ops; reset W sets its flags, func and trampoline as declared, and so also clears FTRACE_OPS_FL_INITIALIZED and everything that a failed register left.',
} as const satisfies { readonly [K in keyof Scope]?: string };

const KINDS = [
  'tracer',
  'regs',
  'ipmodify',
  'willing',
  'refusing',
  'bpf',
  'absent',
  'positive',
  'moving',
  'scripted',
  'trying',
  'locking',
] as const;

/** The behavior that only a wider scope would cover, one sentence each. */
export function outOfScope(scope: Scope): readonly string[] {
  const missing = KINDS.filter((kind) => scope[kind] === 0);
  const { inuse } = scope;
  return [
    ...(inuse < opsOf(scope).length
      ? [`Never more than ${inuse} ops with a filter at the same time.`]
      : []),
    ...(missing.length === 0 ? [] : [`No ops of the kinds ${missing.join(', ')}.`]),
    ...Object.entries(switchedOn).flatMap(([key, description]) =>
      scope[key as keyof typeof switchedOn] === 0 ? [`${key}: ${description}`] : [],
    ),
  ];
}
