import type { Network } from 'recwalk';
import { assign, emit, setup } from 'xstate';

/** The last piece in stock. Another customer may buy it while no order reserves it. */
const stock = setup({
  types: {} as {
    events: { type: 'reserve' | 'release' | 'hand over' | 'sell to another' };
    emitted: { type: 'reserved' | 'sold out'; to: 'order' };
  },
  actions: {
    'say reserved': emit({ type: 'reserved', to: 'order' }),
    'say sold out': emit({ type: 'sold out', to: 'order' }),
  },
}).createMachine({
  id: 'stock',
  initial: 'there',
  states: {
    there: {
      on: { reserve: { target: 'held', actions: 'say reserved' }, 'sell to another': 'gone' },
    },
    held: { on: { release: 'there', 'hand over': 'gone' } },
    gone: { on: { reserve: { actions: 'say sold out' } } },
  },
});

/** One order: the customer checks out, again if the payment failed, and may cancel in between. */
const order = setup({
  types: {} as {
    context: { tries: number };
    events: { type: 'check out' | 'cancel' | 'reserved' | 'sold out' | 'paid' | 'failed' };
    emitted:
      | { type: 'reserve' | 'release' | 'hand over'; to: 'stock' }
      | { type: 'charge' | 'void'; to: 'payment' }
      | { type: 'sold' | 'cancelled' | 'please try again' };
  },
  actions: {
    'count the try': assign({ tries: ({ context }) => context.tries + 1 }),
    reserve: emit({ type: 'reserve', to: 'stock' }),
    release: emit({ type: 'release', to: 'stock' }),
    'hand over': emit({ type: 'hand over', to: 'stock' }),
    charge: emit({ type: 'charge', to: 'payment' }),
    void: emit({ type: 'void', to: 'payment' }),
    'say sold': emit({ type: 'sold' }),
    'say cancelled': emit({ type: 'cancelled' }),
    'say please try again': emit({ type: 'please try again' }),
  },
  guards: { 'has tries left': ({ context }) => context.tries < 3 },
}).createMachine({
  id: 'order',
  context: { tries: 0 },
  initial: 'open',
  states: {
    open: {
      on: {
        'check out': {
          guard: 'has tries left',
          target: 'reserving',
          actions: ['count the try', 'reserve'],
        },
        cancel: { target: 'cancelled', actions: ['void', 'say cancelled'] },
      },
    },
    reserving: {
      on: {
        reserved: { target: 'paying', actions: 'charge' },
        'sold out': { target: 'cancelled', actions: ['void', 'say cancelled'] },
      },
    },
    paying: {
      on: {
        paid: { target: 'sold', actions: ['hand over', 'say sold'] },
        failed: { target: 'open', actions: ['release', 'say please try again'] },
      },
    },
    sold: {},
    cancelled: {},
  },
});

export type Key = 'new key' | 'same key';

/** The key of the next charge after the bank declined one, and after it did not answer in time. */
export interface Keys {
  readonly declined: Key;
  readonly timedOut: Key;
}

/** Asks the bank, each charge under an idempotency key: the bank books a key once, however often it is asked. */
const payment = ({ declined, timedOut }: Keys) =>
  setup({
    types: {} as {
      context: { key: number };
      events:
        | { type: 'charge' | 'void' | 'time out' }
        | { type: 'booked' | 'declined'; key: number };
      emitted:
        | { type: 'book' | 'unbook'; to: 'bank'; key: number }
        | { type: 'paid' | 'failed'; to: 'order' };
    },
    actions: {
      'new key': assign({ key: ({ context }) => context.key + 1 }),
      'same key': assign({}),
      book: emit(({ context }) => ({ type: 'book', to: 'bank', key: context.key })),
      unbook: emit(({ context }) => ({ type: 'unbook', to: 'bank', key: context.key })),
      'say paid': emit({ type: 'paid', to: 'order' }),
      'say failed': emit({ type: 'failed', to: 'order' }),
    },
    guards: { 'is the present key': ({ context }, key: number) => key === context.key },
  }).createMachine({
    id: 'payment',
    context: { key: 1 },
    initial: 'idle',
    states: {
      idle: { on: { charge: { target: 'waiting', actions: 'book' }, void: { actions: 'unbook' } } },
      waiting: {
        on: {
          booked: {
            guard: { type: 'is the present key', params: ({ event }) => event.key },
            target: 'idle',
            actions: 'say paid',
          },
          declined: {
            guard: { type: 'is the present key', params: ({ event }) => event.key },
            target: 'idle',
            actions: [declined, 'say failed'],
          },
          'time out': { target: 'idle', actions: [timedOut, 'say failed'] },
        },
      },
    },
    // An answer that comes too late, or to an earlier question.
    on: { booked: {}, declined: {} },
  });

type Fate = 'asked' | 'booked' | 'declined';

/** Decides on each key once, at any time; asked again, it repeats its decision. */
const bank = setup({
  types: {} as {
    context: { fates: Readonly<Record<number, Fate>> };
    events: { type: 'book' | 'unbook' | 'agree' | 'agree unheard' | 'decline'; key: number };
    emitted: { type: 'booked' | 'declined'; to: 'payment'; key: number };
  },
  actions: {
    decide: assign({
      fates: ({ context }, { key, fate }: { key: number; fate: Fate }) => ({
        ...context.fates,
        [key]: fate,
      }),
    }),
    forget: assign({
      fates: ({ context: { fates } }, key: number) => {
        const { [key]: _, ...others } = fates;
        return others;
      },
    }),
    'say booked': emit((_, key: number) => ({ type: 'booked', to: 'payment', key })),
    'say declined': emit((_, key: number) => ({ type: 'declined', to: 'payment', key })),
  },
  guards: {
    'was fate': ({ context }, { key, fate }: { key: number; fate: Fate }) =>
      context.fates[key] === fate,
  },
}).createMachine({
  id: 'bank',
  context: { fates: {} },
  on: {
    book: [
      {
        guard: { type: 'was fate', params: ({ event }) => ({ key: event.key, fate: 'booked' }) },
        actions: { type: 'say booked', params: ({ event }) => event.key },
      },
      {
        guard: { type: 'was fate', params: ({ event }) => ({ key: event.key, fate: 'declined' }) },
        actions: { type: 'say declined', params: ({ event }) => event.key },
      },
      {
        actions: { type: 'decide', params: ({ event }) => ({ key: event.key, fate: 'asked' }) },
      },
    ],
    agree: {
      guard: { type: 'was fate', params: ({ event }) => ({ key: event.key, fate: 'asked' }) },
      actions: [
        { type: 'decide', params: ({ event }) => ({ key: event.key, fate: 'booked' }) },
        { type: 'say booked', params: ({ event }) => event.key },
      ],
    },
    'agree unheard': {
      guard: { type: 'was fate', params: ({ event }) => ({ key: event.key, fate: 'asked' }) },
      actions: { type: 'decide', params: ({ event }) => ({ key: event.key, fate: 'booked' }) },
    },
    decline: {
      guard: { type: 'was fate', params: ({ event }) => ({ key: event.key, fate: 'asked' }) },
      actions: [
        { type: 'decide', params: ({ event }) => ({ key: event.key, fate: 'declined' }) },
        { type: 'say declined', params: ({ event }) => event.key },
      ],
    },
    unbook: { actions: { type: 'forget', params: ({ event }) => event.key } },
  },
});

/** The state that rules may read. */
export interface Shop {
  readonly order: 'open' | 'reserving' | 'paying' | 'sold' | 'cancelled';
  /** The number of keys that the bank has received, booked or declined. */
  readonly asked: number;
  readonly charges: number;
  readonly declines: number;
}

export const checkout = (name: string, keys: Keys): Network<Shop> => ({
  name,
  description: `after a decline the ${keys.declined}, after a time-out the ${keys.timedOut}`,
  components: [
    { name: 'order', machine: order },
    { name: 'stock', machine: stock },
    { name: 'payment', machine: payment(keys) },
    { name: 'bank', machine: bank },
  ],
  stimuli: [
    { to: 'order', message: { type: 'check out' }, description: 'the customer checks out' },
    { to: 'order', message: { type: 'cancel' }, description: 'the customer cancels' },
    { to: 'stock', message: { type: 'sell to another' }, description: 'another customer buys it' },
    { to: 'payment', message: { type: 'time out' }, description: 'the payment times out' },
    ...[1, 2, 3].flatMap((key) => [
      { to: 'bank', message: { type: 'agree', key }, description: `the bank books ${key}` },
      {
        to: 'bank',
        message: { type: 'agree unheard', key },
        description: `the bank books ${key}, the answer is lost`,
      },
      { to: 'bank', message: { type: 'decline', key }, description: `the bank declines ${key}` },
    ]),
  ],
  world: (select) => {
    const orderNow = select('order');
    const bankNow = select('bank');
    const count = (fate: Fate) =>
      Object.values(bankNow().context.fates).filter((f) => f === fate).length;
    return {
      get order() {
        return orderNow().value as Shop['order'];
      },
      get asked() {
        return count('asked');
      },
      get charges() {
        return count('booked');
      },
      get declines() {
        return count('declined');
      },
    };
  },
  isTerminal: ({ order, asked }) => (order === 'sold' || order === 'cancelled') && asked === 0,
  outcome: (emitted, { charges }) => [...emitted.map(({ type }) => type), `charges: ${charges}`],
  rules: [
    {
      id: 'charged-once',
      description: 'The customer is never charged twice.',
      source: 'terms of sale',
      always: ({ charges }) => charges <= 1,
    },
    {
      id: 'told-the-truth',
      description: 'A customer who gets "sold" was charged; one who gets "cancelled" was not.',
      source: 'terms of sale',
      step: ({ emitted, after }) =>
        emitted.every(
          ({ type }) =>
            (type !== 'sold' || after.charges > 0) && (type !== 'cancelled' || after.charges === 0),
        ),
    },
    {
      id: 'can-be-sold',
      description: 'The item can be sold, also after the bank declined once.',
      source: 'the purpose of a shop',
      possible: [
        { description: 'sold', holds: ({ order }) => order === 'sold' },
        {
          description: 'sold after a decline',
          holds: ({ order, declines }) => order === 'sold' && declines > 0,
        },
      ],
    },
    {
      id: 'comes-right',
      description: 'The order can always end well: sold for one charge, or cancelled for none.',
      source: 'terms of sale',
      recoverable: ({ order, asked, charges }) =>
        asked === 0 &&
        ((order === 'sold' && charges === 1) || (order === 'cancelled' && charges === 0)),
    },
  ],
});

export default checkout('checkout', { declined: 'new key', timedOut: 'new key' });
