import { assign, setup } from 'xstate';

interface Caller {
  /** Ops with a filter, in declaration order. */
  readonly inUse: readonly string[];
  readonly ops: readonly string[];
  /** Maximum number of ops with a filter at the same time. */
  readonly limit: number;
}

/**
 * The single caller. It makes any call on any ops, but keeps at most `limit` ops in use at the same time. It counts
 * them only if there are more ops than `limit`.
 */
export const caller = setup({
  types: {
    context: {} as Caller,
    events: {} as { type: 'use' | 'done with'; ops: string },
    input: {} as { ops: readonly string[]; limit: number },
  },
  guards: {
    'is never full': ({ context }) => context.limit >= context.ops.length,
    'uses it already': ({ context, event }) => context.inUse.includes(event.ops),
    'has room': ({ context }) => context.inUse.length < context.limit,
  },
  actions: {
    use: assign({
      inUse: ({ context, event }) =>
        context.ops.filter((ops) => ops === event.ops || context.inUse.includes(ops)),
    }),
    leave: assign({
      inUse: ({ context, event }) => context.inUse.filter((ops) => ops !== event.ops),
    }),
  },
}).createMachine({
  id: 'caller',
  context: ({ input }) => ({ ...input, inUse: [] }),
  on: {
    use: [
      { guard: 'is never full' },
      { guard: 'uses it already' },
      { guard: 'has room', actions: 'use' },
    ],
    'done with': [{ guard: 'is never full' }, { actions: 'leave' }],
  },
});
