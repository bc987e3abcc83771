import { assign, setup } from 'xstate';

interface Caller {
  /** Ops with a filter, in the order in which all ops are declared. */
  readonly inUse: readonly string[];
  readonly ops: readonly string[];
  /** How many ops may have a filter at a time. */
  readonly limit: number;
}

/** The one caller. It makes any call on any ops, but keeps at most `limit` ops in use at a time: it counts only where there are more. */
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
