import { assign, emit, setup } from 'xstate';

interface List {
  /** Direct ops that are enabled, newest first; only among them does the order decide anything. */
  readonly order: readonly string[];
  readonly at: number;
  readonly record: number;
}

type Word =
  | { type: 'push'; ops: string }
  | { type: 'drop'; ops: string }
  | { type: 'find'; record: number }
  | { type: 'covers' }
  | { type: 'does not cover' };

/**
 * ftrace_ops_list, as far as the order of direct ops goes. `find` walks it for the first direct
 * ops that covers a record, as prepare_direct_functions_for_ipmodify() and
 * cleanup_direct_functions_after_ipmodify() do.
 */
export const list = setup({
  types: { context: {} as List, events: {} as Word },
  guards: { 'list is at its end': ({ context }) => context.at === context.order.length },
  actions: {
    push: assign({
      order: ({ context, event }) =>
        event.type === 'push' ? [event.ops, ...context.order] : context.order,
    }),
    drop: assign({
      order: ({ context, event }) =>
        event.type === 'drop' ? context.order.filter((ops) => ops !== event.ops) : context.order,
    }),
    begin: assign({ at: 0, record: ({ event }) => (event.type === 'find' ? event.record : 0) }),
    'go on': assign({ at: ({ context }) => context.at + 1 }),
    end: assign({ at: 0, record: 0 }),
    'ask ops': emit(({ context: { order, at, record } }) => ({
      type: 'covers?',
      to: order[at]!,
      record,
    })),
    'say found': emit(({ context: { order, at } }) => ({
      type: 'found',
      to: 'ftrace',
      ops: order[at]!,
    })),
    'say none': emit({ type: 'none', to: 'ftrace' }),
  },
}).createMachine({
  id: 'list',
  context: { order: [], at: 0, record: 0 },
  initial: 'rest',
  states: {
    rest: {
      on: {
        push: { actions: 'push' },
        drop: { actions: 'drop' },
        find: { target: 'walk', actions: 'begin' },
      },
    },
    walk: {
      always: [
        { guard: 'list is at its end', target: 'none' },
        { target: 'asked', actions: 'ask ops' },
      ],
    },
    asked: {
      on: {
        covers: 'found',
        'does not cover': { target: 'walk', actions: 'go on' },
      },
    },
    found: { always: { target: 'rest', actions: ['say found', 'end'] } },
    none: { always: { target: 'rest', actions: ['say none', 'end'] } },
  },
});
