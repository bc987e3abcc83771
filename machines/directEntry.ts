import { assign, emit, setup } from 'xstate';
import { type From, replyTo } from './events.js';

interface DirectEntry {
  readonly record: number;
  /** The trampolines that its entries name. The first one decides. Only update_ftrace_direct_add() can make two. */
  readonly callees: readonly string[];
}

type DirectEntryEvent =
  | ({ type: 'taken?' } & From)
  | ({ type: 'names?'; callee: string } & From)
  /** `replyTo` is the component that waits for the record. */
  | ({ type: 'look up'; on: boolean; replyTo: string } & From)
  | { type: 'insert' | 'set' | 'delete'; callee: string }
  | { type: 'remove' | 'copy' };

/**
 * A record's entry in the table `direct_functions`. Register checks whether the entry is taken. Patching looks the
 * entry up and WARNs if a direct record has none (ftrace_get_addr_new(), ftrace_get_addr_curr()). `set`: modify
 * changes an existing entry. `delete`: unregister removes an entry that names its own trampoline
 * (remove_direct_functions_hash()). `remove`: update_ftrace_direct_del() removes the first one (hash_sub()). `copy`: a
 * call copies the table (alloc_and_copy_ftrace_hash()), and so reverses the entries of one function.
 */
export const directEntry = setup({
  types: {
    context: {} as DirectEntry,
    events: {} as DirectEntryEvent,
    input: {} as { record: number },
  },
  guards: {
    'names it': ({ context: { callees }, event }) =>
      'callee' in event && event.callee === callees[0],
    'is the only one': ({ context: { callees } }) => callees.length === 1,
    'names it, is the only one': ({ context: { callees }, event }) =>
      'callee' in event && event.callee === callees[0] && callees.length === 1,
  },
  actions: {
    add: assign({
      callees: ({ context: { callees }, event }) =>
        'callee' in event ? [event.callee, ...callees] : callees,
    }),
    write: assign({
      callees: ({ context: { callees }, event }) =>
        'callee' in event ? callees.with(0, event.callee) : callees,
    }),
    erase: assign({ callees: ({ context: { callees } }) => callees.slice(1) }),
    reverse: assign({ callees: ({ context: { callees } }) => callees.toReversed() }),
    'say taken': emit(({ event }) => ({ type: 'taken', ...replyTo(event) })),
    'say free': emit(({ event }) => ({ type: 'free', ...replyTo(event) })),
    'say this': emit(({ event }) => ({ type: 'this trampoline', ...replyTo(event) })),
    'say other': emit(({ event }) => ({ type: 'other trampoline', ...replyTo(event) })),
    'say entry': emit(({ context: { callees }, event }) => ({
      type: 'entry',
      ...replyTo(event),
      callee: callees[0] ?? 'no entry',
      on: event.type === 'look up' && event.on,
      from: event.type === 'look up' ? event.replyTo : '',
    })),
    warn: emit({ type: 'WARN' }),
  },
}).createMachine({
  id: 'slot',
  context: ({ input }) => ({ record: input.record, callees: [] }),
  initial: 'empty',
  states: {
    empty: {
      on: {
        'taken?': { actions: 'say free' },
        'names?': { actions: 'say other' },
        'look up': { actions: ['warn', 'say entry'] },
        insert: { target: 'filled', actions: 'add' },
        set: {},
        delete: {},
        copy: {},
      },
    },
    filled: {
      on: {
        'taken?': { actions: 'say taken' },
        'names?': [{ guard: 'names it', actions: 'say this' }, { actions: 'say other' }],
        'look up': { actions: 'say entry' },
        insert: { actions: 'add' },
        set: { actions: 'write' },
        delete: [
          { guard: 'names it, is the only one', target: 'empty', actions: 'erase' },
          { guard: 'names it', actions: 'erase' },
          {},
        ],
        remove: [
          { guard: 'is the only one', target: 'empty', actions: 'erase' },
          { actions: 'erase' },
        ],
        copy: [{ guard: 'is the only one' }, { actions: 'reverse' }],
      },
    },
  },
});
