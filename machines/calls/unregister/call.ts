import { directEntriesOf } from '../../ops/context.js';
import { recordsOf } from '../../scopes.js';
import type { CallType, Request } from '../call.js';
import { notInShell } from '../register/call.js';
import { enableKprobe, instance, trampolineOf } from '../reproducer.js';
import { arrangements, subsets } from '../subsets.js';

const request =
  (which: 'in force' | 'other'): Request =>
  (call, ops) => ({
    ...call,
    request: 'unregister',
    after: [],
    entries: ops.kind === 'direct' ? directEntriesOf(ops, ops.filter, which) : [],
  });

/** unregister_ftrace_function(), or unregister_ftrace_direct() of a direct ops. */
export const unregister: CallType = {
  description: 'unregisters the ops',
  isFor: (_, isTable) => !isTable,
  stimuli: ({ name, kind }, scope, { notifiesOnUnregister }) =>
    (kind === 'ipmodify' && notifiesOnUnregister ? arrangements : subsets)(recordsOf(scope)).map(
      (order) => ({
        description: `unregister ${name} records ${order.join()}`,
        call: `unregister ${name}`,
        to: name,
        message: { type: 'unregister', order },
      }),
    ),
  misuse: ({ name, kind }) => [
    { description: `unregister ${name}`, to: name, message: { type: 'unregister', order: [] } },
    ...(kind === 'direct' ? [other(name)] : []),
  ],
  requests: { unregister: request('in force'), 'unregister other': request('other') },
  reproducer: {
    c: ({ type, ops: { name, kind } }, state) =>
      kind === 'direct'
        ? `unregister_direct(&${name}, ${trampolineOf(name, state, type === 'unregister other')})`
        : `unregister_ftrace_function(&${name})`,
    note: ({ ops }, { plain }) => plain.delete(ops.name),
    notInShell,
    shell: ({ ops, records: [record] }) => [
      ops.kind === 'regs'
        ? enableKprobe(ops, record!, 0)
        : `echo nop > ${instance(ops)}/current_tracer`,
    ],
  },
};

/** Names the trampoline that is not in force. */
function other(name: string) {
  return {
    description: `unregister ${name} other`,
    to: name,
    message: { type: 'unregister other' },
  };
}
