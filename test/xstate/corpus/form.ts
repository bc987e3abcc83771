import { enqueueActions, setup } from 'xstate';

/** A form with input, tags and a nested wizard that is done. */
export default setup({
  types: {} as { context: { name: string }; input: { name: string } },
}).createMachine({
  id: 'form',
  context: ({ input }) => ({ name: input.name }),
  initial: 'editing',
  states: {
    editing: {
      tags: 'open',
      initial: 'first',
      onDone: 'sending',
      states: {
        first: { on: { next: 'second' } },
        second: { on: { next: 'last', back: 'first' } },
        last: { type: 'final' },
      },
    },
    sending: {
      tags: ['open', 'busy'],
      entry: enqueueActions(({ enqueue }) => enqueue.raise({ type: 'sent' }, { delay: 100 })),
      on: { sent: 'done', cancel: '.' },
      initial: 'wait',
      states: { wait: {} },
    },
    done: { type: 'final' },
  },
});

export const recwalk = { input: { name: 'Ada' } };
