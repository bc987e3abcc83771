import { nothing, opsNames, type Scope, scopeText } from './scopes.js';

/** The keys of a scope that calls of a type need. `register X` alone stands for X with its whole filter. */
const NEEDED: readonly (readonly [
  pattern: RegExp,
  key: 'misuse' | 'notrace' | 'sysctl' | 'attributes',
])[] = [
  [/^plain | other$|^direct \w+ \w+ (none$|(\d),\2)/, 'misuse'],
  [/^notrace /, 'notrace'],
  [/^ftrace_enabled /, 'sysctl'],
  [/^preset |^reset /, 'attributes'],
];

/**
 * The smallest scope whose ops, records and calls include these steps, as text; undefined if no step names an ops.
 */
export function scopeOfSteps(steps: readonly string[]): string | undefined {
  const words = new Set(steps.flatMap((step) => step.split(/[\s,]+/)));
  const numbers = [...words].filter((word) => /^[1-8]$/.test(word)).map(Number);
  const scope: { -readonly [Key in keyof Scope]: Scope[Key] } = {
    ...nothing,
    records: Math.max(1, ...numbers),
    edits: editsLive(steps) ? 1 : 0,
  };
  for (const [key, names] of opsNames)
    scope[key] = 1 + Math.max(-1, ...names.map((name, i) => (words.has(name) ? i : -1)));
  for (const [pattern, key] of NEEDED) if (steps.some((step) => pattern.test(step))) scope[key] = 1;
  // A scope with misuse has uninitialized ops, too.
  if (scope.misuse === 0 && registersUntouched(steps)) scope.attributes = 1;
  return opsNames.some(([key]) => scope[key] > 0) ? scopeText(scope) : undefined;
}

/** Scope keys of ops whose live filters change in every scope. */
const NOT_DIRECT = ['tracer', 'regs', 'ipmodify'];
const directOps = new Set(
  opsNames.flatMap(([key, names]) => (NOT_DIRECT.includes(key) ? [] : names)),
);

/** Whether the filter of a direct ops changes after its register. */
function editsLive(steps: readonly string[]): boolean {
  const registered = new Set<string>();
  return steps.some((step) => {
    const [type, ops = ''] = step.split(' ');
    if (type === 'register' && directOps.has(ops)) registered.add(ops);
    if (type === 'unregister') registered.delete(ops);
    return (type === 'add' || type === 'remove') && registered.has(ops);
  });
}

/** Whether an ops is registered whose filter no step has set. */
function registersUntouched(steps: readonly string[]): boolean {
  const touched = new Set<string>();
  return steps.some((step) => {
    const [type, ops = ''] = step.split(' ');
    if (type === 'add') touched.add(ops);
    return type === 'register' && !touched.has(ops);
  });
}
