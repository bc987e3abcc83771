import type { Message, Stimulus } from '../../../src/model/network.js';
import { changed, directEntriesOf, type OpsInput, type TableCall } from '../../ops/context.js';
import { recordsOf } from '../../scopes.js';
import type { CallType, Request } from '../call.js';
import { inUse } from '../inUse.js';
import { subsets } from '../subsets.js';

/** Makes the ops tell its caller whether it is still in use, after a call that may have left its filter empty. */
const report = ({ name }: OpsInput) => ({ type: 'report', to: name });

function call(
  ops: OpsInput,
  type: TableCall,
  records: readonly number[],
  also: readonly (Message & { readonly to: string })[] = [],
): Stimulus {
  const [direct, verb, other] = type.split(' ');
  const set = records.length === 0 ? 'none' : records.join();
  return {
    description: [direct, verb, ops.name, set, ...(other ? [other] : [])].join(' '),
    to: ops.name,
    message: { type, records },
    ...(also.length > 0 && { also }),
  };
}

const callsWith = (ops: OpsInput, records: readonly number[]): readonly Stimulus[] => [
  call(ops, 'direct add', records, [inUse(ops), report(ops)]),
  call(ops, 'direct del', records, [report(ops)]),
  call(ops, 'direct mod', records),
];

const del =
  (which: 'in force' | 'other'): Request =>
  (call, ops, event) => {
    const after = changed(ops, event);
    return {
      ...call,
      table: 'del',
      request: after.length === 0 ? 'unregister' : 'refilter',
      after,
      // A filter change by these calls drops the notrace entries: ftrace_update_ops().
      hiding: [],
      entries: directEntriesOf(ops, 'records' in event ? event.records : [], which),
    };
  };

/** update_ftrace_direct_add(), _del() and _mod(): an ops with a trampoline for each function. */
export const updateDirect: CallType = {
  description: 'adds, deletes or switches the trampolines of a set of functions',
  isFor: (_, isTable) => isTable,
  stimuli: (ops, scope) => subsets(recordsOf(scope)).flatMap((records) => callsWith(ops, records)),
  /** No function, or one function twice: the kernel does not look for the latter. */
  misuse: (ops, scope) => [
    ...callsWith(ops, []),
    ...recordsOf(scope).flatMap((record) => callsWith(ops, [record, record])),
    ...subsets(recordsOf(scope)).map((records) => call(ops, 'direct del other', records)),
  ],
  requests: {
    'direct add': (call, ops, event) => ({
      ...call,
      table: 'add',
      after: changed(ops, event),
      hiding: call.enabled ? [] : call.hiding,
      entries: ('records' in event ? event.records : []).map((record) => ({
        record,
        callee: `${ops.name}.a`,
      })),
    }),
    'direct del': del('in force'),
    'direct del other': del('other'),
    'direct mod': (call, ops, event) => ({
      ...call,
      table: 'mod',
      request: 'modify',
      entries: directEntriesOf(ops, 'records' in event ? event.records : [], 'other'),
    }),
  },
};
