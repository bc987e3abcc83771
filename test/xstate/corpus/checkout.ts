import { assign, fromPromise, setup } from 'xstate';

/** A cart that is paid by a service, with three tries. */
export default setup({
  types: {} as {
    context: { tries: number; receipt: string | undefined };
    events: { type: 'pay' | 'cancel' };
  },
  actors: { charge: fromPromise(async (): Promise<string> => fetch('/pay').then((r) => r.text())) },
  guards: { 'may try again': ({ context }) => context.tries < 3 },
  actions: {
    count: assign({ tries: ({ context }) => context.tries + 1 }),
    thank: () => console.log('thank you'),
  },
}).createMachine({
  id: 'checkout',
  context: { tries: 0, receipt: undefined },
  initial: 'cart',
  states: {
    cart: { on: { pay: { target: 'paying', actions: 'count' }, cancel: 'cancelled' } },
    paying: {
      tags: 'busy',
      invoke: {
        src: 'charge',
        onDone: {
          target: 'paid',
          actions: [assign({ receipt: ({ event }) => event.output }), 'thank'],
        },
        onError: [{ guard: 'may try again', target: 'cart' }, { target: 'failed' }],
      },
      after: { 5000: [{ guard: 'may try again', target: 'cart' }, { target: 'failed' }] },
    },
    paid: { type: 'final' },
    failed: { type: 'final' },
    cancelled: { type: 'final' },
  },
});
