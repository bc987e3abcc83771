import type { OpsInput } from '../../ops/context.js';
import type { CallType } from '../call.js';

/** The assignments of `reset`: flags, func and trampoline as the caller declared them. */
const DECLARED: Readonly<Record<OpsInput['kind'], (name: string) => string>> = {
  tracer: (name) => `${name}.flags = 0`,
  regs: (name) => `${name}.flags = FTRACE_OPS_FL_SAVE_REGS`,
  ipmodify: (name) => `${name}.flags = FTRACE_OPS_FL_SAVE_REGS | FTRACE_OPS_FL_IPMODIFY`,
  direct: (name) => `${name}.flags = 0, ${name}.func = NULL, ${name}.trampoline = 0`,
};

const PRESET: Readonly<Record<string, (name: string) => string>> = {
  permanent: (name) => `${name}.flags |= FTRACE_OPS_FL_PERMANENT`,
  ipmodify: (name) => `${name}.flags |= FTRACE_OPS_FL_IPMODIFY`,
  func: (name) => `${name}.func = (ftrace_func_t)IP(${name}_a)`,
};

/**
 * A caller writes the fields of an idle ops. A direct ops keeps its filter, but loses FTRACE_OPS_FL_INITIALIZED at
 * `reset`, as if it had never been initialized.
 */
export const preset: CallType = {
  description: 'sets an attribute of an idle ops by hand, or resets all of them',
  isFor: (_, isTable) => !isTable,
  stimuli({ name, kind }, { attributes }, { directFlags }) {
    if (attributes === 0) return [];
    const set = (attribute: string) => ({
      description: `preset ${name} ${attribute}`,
      to: name,
      message: { type: 'preset', attribute },
    });
    return [
      set('permanent'),
      ...(kind === 'direct' ? [set('func')] : []),
      ...(kind === 'direct' && directFlags === 'assigned' ? [set('ipmodify')] : []),
      { description: `reset ${name}`, to: name, message: { type: 'reset' } },
    ];
  },
  withoutRequest: ['preset', 'reset'],
  reproducer: {
    c: ({ type, ops: { name, kind }, message }) =>
      `(${type === 'reset' ? DECLARED[kind](name) : PRESET[String(message.attribute)]!(name)}, 0)`,
    notInShell: () => 'tracefs does not write the flags of an ops',
  },
};
