import { assign, forwardTo, sendParent, setup } from 'xstate';

/** A payment that the order invokes; it tells the order that it began, and ends with an output. */
const payment = setup({
  types: {} as { context: { amount: number }; input: { amount: number }; output: { paid: number } },
}).createMachine({
  id: 'payment',
  context: ({ input }) => ({ amount: input.amount }),
  initial: 'asking',
  output: ({ context }) => ({ paid: context.amount }),
  states: {
    asking: {
      entry: sendParent({ type: 'began' }),
      on: { confirm: 'done' },
      after: { 9000: { actions: sendParent({ type: 'expired' }) } },
    },
    done: { type: 'final' },
  },
});

/** An order with a payment as a machine of its own. */
export default setup({
  types: {} as { context: { paid: number } },
  actors: { payment },
}).createMachine({
  id: 'order',
  context: { paid: 0 },
  initial: 'open',
  states: {
    open: { on: { pay: 'paying' } },
    paying: {
      initial: 'starting',
      invoke: {
        id: 'payment',
        src: 'payment',
        input: { amount: 5 },
        onDone: { target: 'paid', actions: assign({ paid: ({ event }) => event.output.paid }) },
      },
      on: { confirm: { actions: forwardTo('payment') }, expired: 'open' },
      states: { starting: { on: { began: 'waiting' } }, waiting: {} },
    },
    paid: { type: 'final' },
  },
});
