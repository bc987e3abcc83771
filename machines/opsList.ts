import { assign, emit, setup } from 'xstate';
import { type From, replyTo } from './events.js';

interface OpsListInput {
  /** Keep the order of all ops, not only of direct ones. */
  readonly ordersAll: boolean;
}

interface OpsList extends OpsListInput {
  /** Enabled ops, newest first; only direct ones unless `ordersAll`, because no other order has an effect then. */
  readonly order: readonly string[];
  /** Number of other ops on the list. */
  readonly others: number;
  /** Number of ops with FTRACE_OPS_FL_PERMANENT on the list. */
  readonly permanent: number;
  readonly at: number;
  readonly record: number;
  /** The component that started the walk; empty while there is none. */
  readonly from: string;
}

type OpsListEvent =
  | { type: 'push' | 'drop'; ops: string; direct: boolean; permanent?: boolean }
  | ({ type: 'find'; record: number } & From)
  | ({ type: 'anybody left?' | 'anybody PERMANENT?' } & From)
  | { type: 'covers' | 'does not cover' | 'ends the walk' };

/**
 * ftrace_ops_list, as far as its order has an effect. `find` walks it for the first direct ops that covers a record,
 * as prepare_direct_functions_for_ipmodify() and cleanup_direct_functions_after_ipmodify() do. It emits the number of
 * ops that the walk may visit, because a walk costs time under ftrace_lock.
 */
export const opsList = setup({
  types: { context: {} as OpsList, events: {} as OpsListEvent, input: {} as OpsListInput },
  guards: {
    'list is at its end': ({ context }) => context.at === context.order.length,
    'nobody is left': ({ context: { order, others } }) => order.length + others === 0,
    'has PERMANENT': ({ context: { permanent } }) => permanent > 0,
    'is ordered': ({ context, event }) =>
      context.ordersAll || ((event.type === 'push' || event.type === 'drop') && event.direct),
  },
  actions: {
    push: assign({
      order: ({ context, event }) =>
        event.type === 'push' ? [event.ops, ...context.order] : context.order,
    }),
    drop: assign({
      order: ({ context, event }) =>
        event.type === 'drop' ? context.order.filter((ops) => ops !== event.ops) : context.order,
    }),
    'one more': assign({ others: ({ context }) => context.others + 1 }),
    'one less': assign({ others: ({ context }) => context.others - 1 }),
    'count PERMANENT': assign({
      permanent: ({ context: { permanent }, event }) =>
        'permanent' in event ? permanent + (event.type === 'push' ? 1 : -1) : permanent,
    }),
    'tell world': emit(({ context: { order, others }, event }) => ({
      type: 'searches',
      record: event.type === 'find' ? event.record : 0,
      ops: order.length + others,
    })),
    begin: assign(({ event }) =>
      event.type === 'find' ? { at: 0, record: event.record, from: event.from } : {},
    ),
    'go on': assign({ at: ({ context }) => context.at + 1 }),
    end: assign({ at: 0, record: 0, from: '' }),
    'ask ops': emit(({ context: { order, at, record } }) => ({
      type: 'covers?',
      to: order[at]!,
      from: 'list',
      record,
    })),
    'say found': emit(({ context: { order, at, from } }) => ({
      type: 'found',
      to: from,
      ops: order[at]!,
    })),
    'say nobody is left': emit(({ event }) => ({ type: 'nobody is left', ...replyTo(event) })),
    'say others are left': emit(({ event }) => ({ type: 'others are left', ...replyTo(event) })),
    'say PERMANENT': emit(({ event }) => ({ type: 'PERMANENT', ...replyTo(event) })),
    'say none PERMANENT': emit(({ event }) => ({ type: 'none PERMANENT', ...replyTo(event) })),
    'say none': emit(({ context }) => ({ type: 'none', to: context.from })),
  },
}).createMachine({
  id: 'list',
  context: ({ input }) => ({
    ...input,
    order: [],
    others: 0,
    permanent: 0,
    at: 0,
    record: 0,
    from: '',
  }),
  initial: 'rest',
  states: {
    rest: {
      on: {
        push: [
          { guard: 'is ordered', actions: ['push', 'count PERMANENT'] },
          { actions: ['one more', 'count PERMANENT'] },
        ],
        drop: [
          { guard: 'is ordered', actions: ['drop', 'count PERMANENT'] },
          { actions: ['one less', 'count PERMANENT'] },
        ],
        // is_permanent_ops_registered()
        'anybody PERMANENT?': [
          { guard: 'has PERMANENT', actions: 'say PERMANENT' },
          { actions: 'say none PERMANENT' },
        ],
        'anybody left?': [
          { guard: 'nobody is left', actions: 'say nobody is left' },
          { actions: 'say others are left' },
        ],
        find: { target: 'walk', actions: ['begin', 'tell world'] },
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
        'ends the walk': 'none',
      },
    },
    found: { always: { target: 'rest', actions: ['say found', 'end'] } },
    none: { always: { target: 'rest', actions: ['say none', 'end'] } },
  },
});
