import { changed } from '../../ops/context.js';
import { recordsOf } from '../../scopes.js';
import type { CallType, Request } from '../call.js';
import { inUse } from '../inUse.js';
import { enableKprobe, instance, kprobeEvent, shellFunction } from '../reproducer.js';

const request: Request = (call, ops, event) => ({ ...call, after: changed(ops, event) });

/** ftrace_set_filter_ip() with one record. */
export const filter: CallType = {
  description: 'adds a record to the filter, or removes it',
  isFor: (_, isTable) => !isTable,
  stimuli: (ops, scope) => [
    ...recordsOf(scope).map((record) => ({
      description: `add ${ops.name} ${record}`,
      to: ops.name,
      message: { type: 'add', records: [record] },
      also: [inUse(ops)],
    })),
    ...recordsOf(scope).map((record) => ({
      description: `remove ${ops.name} ${record}`,
      to: ops.name,
      message: { type: 'remove', records: [record] },
    })),
  ],
  requests: { add: request, remove: request },
  reproducer: {
    c: ({ type, ops, records: [record] }) =>
      `ftrace_set_filter_ip(&${ops.name}, IP(RECORD(${record})), ${type === 'remove' ? 1 : 0}, 0)`,
    /** The ops of all kprobes has a function in its filter as long as the kprobe there is enabled. */
    shell({ type, ops, records }, isLive) {
      const record = records[0]!;
      const name = shellFunction(record);
      if (ops.kind !== 'regs')
        return [
          `echo ${type === 'add' ? name : `"!${name}"`} >> ${instance(ops)}/set_ftrace_filter`,
        ];
      const event = kprobeEvent(ops, record);
      return type === 'add'
        ? [
            `echo "p:${event} ${name}" >> kprobe_events`,
            ...(isLive ? [enableKprobe(ops, record, 1)] : []),
          ]
        : [...(isLive ? [enableKprobe(ops, record, 0)] : []), `echo "-:${event}" >> kprobe_events`];
    },
  },
};
