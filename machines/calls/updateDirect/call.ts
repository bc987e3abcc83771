import type { Message } from '../../../src/model/network.js';
import { changed, directEntriesOf } from '../../ops/context.js';
import { recordsOf } from '../../scopes.js';
import type { CallType, Request } from '../call.js';
import { inUse } from '../inUse.js';
import { subsets } from '../subsets.js';

const request: Request = (call, ops, event) => {
  const after = changed(ops, event);
  return {
    ...call,
    request: after.length === 0 ? 'unregister' : call.enabled ? 'refilter' : 'register',
    after,
    entries: directEntriesOf(ops, 'records' in event ? event.records : [], 'in force'),
  };
};

/** update_ftrace_direct_add(), _del() and _mod(): one call covers several records, in filter and table. */
export const updateDirect: CallType = {
  description: 'adds, removes or switches the direct entries of several records',
  isFor: ({ kind }, isTable) => isTable && kind === 'direct',
  stimuli: (ops, scope) =>
    subsets(recordsOf(scope)).flatMap((records) => {
      const call = (type: string, also?: readonly (Message & { readonly to: string })[]) => ({
        description: `${type} ${ops.name} ${records.join()}`,
        to: ops.name,
        message: { type, records },
        ...(also && { also }),
      });
      return [
        // If the first add fails, the ops is still unused; `report` makes the ops report that.
        call('add', [inUse(ops), { type: 'report', to: ops.name }]),
        call('remove'),
        call('modify'),
      ];
    }),
  requests: {
    add: request,
    remove: request,
    modify: (call, ops, event) => ({
      ...call,
      request: 'modify',
      entries: directEntriesOf(ops, 'records' in event ? event.records : [], 'other'),
    }),
  },
};
