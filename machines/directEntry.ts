import { assign, emit, setup } from 'xstate';
import { type From, replyTo } from './events.js';

interface DirectEntry {
  readonly record: number;
  /** The trampoline that the entry names, or null if there is no entry. */
  readonly callee: string | null;
}

type DirectEntryEvent =
  | ({ type: 'taken?' } & From)
  /** `replyTo` is the component that waits for the record. */
  | ({ type: 'look up'; on: boolean; replyTo: string } & From)
  | { type: 'insert' | 'set' | 'delete'; callee: string };

/**
 * A record's entry in the table `direct_functions`. Register checks whether the entry is taken. Patching looks the
 * entry up and WARNs if a direct record has none (ftrace_get_addr_new(), ftrace_get_addr_curr()). `set`: modify
 * changes an existing entry. `delete`: unregister removes an entry that names its own trampoline
 * (remove_direct_functions_hash()).
 */
export const directEntry = setup({
  types: {
    context: {} as DirectEntry,
    events: {} as DirectEntryEvent,
    input: {} as { record: number },
  },
  guards: {
    'names it': ({ context, event }) => event.type === 'delete' && event.callee === context.callee,
  },
  actions: {
    write: assign({ callee: ({ event }) => ('callee' in event ? event.callee : null) }),
    erase: assign({ callee: null }),
    'say taken': emit(({ event }) => ({ type: 'taken', ...replyTo(event) })),
    'say free': emit(({ event }) => ({ type: 'free', ...replyTo(event) })),
    'say entry': emit(({ context: { callee }, event }) => ({
      type: 'entry',
      ...replyTo(event),
      callee: callee ?? 'no entry',
      on: event.type === 'look up' && event.on,
      from: event.type === 'look up' ? event.replyTo : '',
    })),
    warn: emit({ type: 'WARN' }),
  },
}).createMachine({
  id: 'slot',
  context: ({ input }) => ({ record: input.record, callee: null }),
  initial: 'empty',
  states: {
    empty: {
      on: {
        'taken?': { actions: 'say free' },
        'look up': { actions: ['warn', 'say entry'] },
        insert: { target: 'filled', actions: 'write' },
        set: {},
        delete: {},
      },
    },
    filled: {
      on: {
        'taken?': { actions: 'say taken' },
        'look up': { actions: 'say entry' },
        set: { actions: 'write' },
        delete: [{ guard: 'names it', target: 'empty', actions: 'erase' }, {}],
      },
    },
  },
});
