import { directEntriesOf } from '../../ops/context.js';
import type { CallType } from '../call.js';
import { trampolineOf } from '../reproducer.js';

/** modify_ftrace_direct(): the whole ops changes to its other trampoline. */
export const modify: CallType = {
  description: 'switches a direct ops to its other trampoline',
  isFor: ({ kind }, isTable) => kind === 'direct' && !isTable,
  stimuli: ({ name }) => [
    { description: `modify ${name}`, to: name, message: { type: 'modify', records: [] } },
  ],
  requests: {
    modify: (call, ops) => ({
      ...call,
      request: 'modify',
      entries: directEntriesOf(ops, ops.filter, 'other'),
    }),
  },
  reproducer: {
    c: ({ ops: { name } }, state) => `modify_direct(&${name}, ${trampolineOf(name, state, true)})`,
    note({ ops: { name } }, { onSecond }) {
      if (!onSecond.delete(name)) onSecond.add(name);
    },
  },
};
