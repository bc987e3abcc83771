import { recordsOf } from '../../scopes.js';
import type { CallType } from '../call.js';
import { enableKprobe, instance, type MadeCall } from '../reproducer.js';
import { arrangements, subsets } from '../subsets.js';

/** Whole registrations in the shell: one kprobe at a time, and no misuse. */
export const notInShell = ({ ops, records }: MadeCall): string | undefined => {
  if (records.length === 0)
    return 'tracefs does not register twice, or with an empty filter, nor unregister what is idle';
  return ops?.kind === 'regs' && records.length > 1 ? 'kprobes come and go one by one' : undefined;
};

const empty = (name: string) => ({
  description: `register ${name}`,
  to: name,
  message: { type: 'register', order: [] as number[] },
});

/** register_ftrace_function(), or register_ftrace_direct() of a direct ops. */
export const register: CallType = {
  description: 'registers the ops on the records of its filter',
  isFor: (_, isTable) => !isTable,
  /**
   * The kernel calls owners in the order of the filter's hash, or of functions in memory. Neither order is
   * predictable, so each one is a call of its own.
   */
  stimuli: ({ name, kind }, scope) => [
    ...(kind === 'ipmodify' ? arrangements : subsets)(recordsOf(scope)).map((order) => ({
      description: `register ${name} records ${order.join()}`,
      call: `register ${name}`,
      to: name,
      message: { type: 'register', order },
    })),
    ...(scope.attributes === 1 && (kind === 'ipmodify' || kind === 'direct') ? [empty(name)] : []),
  ],
  /** With an empty filter. With records, misuse enables the calls of `stimuli` in more states. */
  misuse: ({ name }) => [empty(name)],
  requests: {
    register: (call, { kind, name, filter }) => ({
      ...call,
      request: 'register',
      after: filter,
      entries: kind === 'direct' ? filter.map((record) => ({ record, callee: `${name}.a` })) : [],
    }),
  },
  reproducer: {
    c: ({ ops: { name, kind } }) =>
      kind === 'direct'
        ? `register_direct(&${name}, IP(${name}_a))`
        : `register_ftrace_function(&${name})`,
    note: ({ ops }, { onSecond }) => onSecond.delete(ops.name),
    notInShell,
    shell: ({ ops, records: [record] }) => [
      ops.kind === 'regs'
        ? enableKprobe(ops, record!, 1)
        : `echo function > ${instance(ops)}/current_tracer`,
    ],
  },
};
