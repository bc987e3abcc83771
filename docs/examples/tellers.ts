import type { Domain } from 'recwalk';
import { assign, emit, setup } from 'xstate';

interface Features {
  readonly locks: boolean;
}

interface Bank {
  isIdle(teller: string): boolean;
  readonly isClosed: boolean;
  readonly balance: number;
}

const account = setup({
  types: {} as {
    context: { balance: number };
    events: { type: 'read'; from: string } | { type: 'write'; balance: number };
    emitted: { type: 'balance'; to: string; balance: number };
  },
  actions: {
    reply: emit(({ context, event }) => ({
      type: 'balance',
      to: event.type === 'read' ? event.from : '',
      balance: context.balance,
    })),
    write: assign({
      balance: ({ context, event }) => (event.type === 'write' ? event.balance : context.balance),
    }),
  },
}).createMachine({
  context: { balance: 0 },
  on: { read: { actions: 'reply' }, write: { actions: 'write' } },
});

/** Pays in 10, once: reads the balance, and later writes the new one. */
const teller = (name: string) =>
  setup({
    types: {} as {
      context: { seen: number };
      events: { type: 'begin' | 'go on' } | { type: 'balance'; balance: number };
      emitted:
        | { type: 'read'; to: 'account'; from: string }
        | { type: 'write'; to: 'account'; balance: number };
    },
    actions: {
      read: emit({ type: 'read', to: 'account', from: name }),
      see: assign({ seen: ({ event }) => (event.type === 'balance' ? event.balance : 0) }),
      write: emit(({ context }) => ({
        type: 'write',
        to: 'account',
        balance: context.seen + 10,
      })),
      forget: assign({ seen: 0 }),
    },
  }).createMachine({
    context: { seen: 0 },
    initial: 'ready',
    states: {
      ready: { on: { begin: { target: 'paying in', actions: 'read' } } },
      'paying in': {
        on: {
          balance: { actions: 'see' },
          'go on': { target: 'done', actions: ['write', 'forget'] },
        },
      },
      done: {},
    },
  });

const lock = setup({}).createMachine({
  initial: 'free',
  states: { free: { on: { take: 'held' } }, held: { on: { release: 'free' } } },
});

const tellers = ['Ann', 'Bob'];

const domain: Domain<Features, undefined, Bank> = {
  name: 'tellers',
  designs: [
    {
      name: 'unlocked',
      date: '2026-01-10',
      description: 'a teller reads the balance, then writes it',
      source: 'an example',
      features: { locks: false },
      breaks: ['serializable'],
    },
    {
      name: 'locked',
      date: '2026-01-11',
      description: 'a teller holds a lock from the read to the write',
      source: 'an example',
      features: { locks: true },
      breaks: [],
    },
  ],
  rules: [
    {
      id: 'serializable',
      description: 'Two tellers at once end like one after the other.',
      source: 'an example',
      serializable: {
        process: ({ to }) => to,
        isIdle: (bank, name) => bank.isIdle(name),
      },
    },
  ],
  network: ({ name, description, features: { locks } }, _, rules) => ({
    name,
    description,
    components: [
      ...tellers.map((one) => ({ name: one, machine: teller(one) })),
      { name: 'account', machine: account },
      ...(locks ? [{ name: 'lock', machine: lock }] : []),
    ],
    stimuli: tellers.flatMap((one) => [
      {
        to: one,
        message: { type: 'begin' },
        ...(locks && { also: [{ type: 'take', to: 'lock' }] }),
        description: `${one} reads`,
      },
      {
        to: one,
        message: { type: 'go on' },
        ...(locks && { also: [{ type: 'release', to: 'lock' }] }),
        description: `${one} writes`,
      },
    ]),
    world: (select) => {
      const balance = select('account', ({ context }) => context.balance as number);
      const states = new Map(tellers.map((one) => [one, select(one, ({ value }) => value)]));
      return {
        isIdle: (one) => states.get(one)!() !== 'paying in',
        get isClosed() {
          return [...states.values()].every((state) => state() === 'done');
        },
        get balance() {
          return balance();
        },
      };
    },
    isTerminal: ({ isClosed }) => isClosed,
    outcome: (_emitted, { balance }) => [`balance ${balance}`],
    rules,
  }),
};
export default domain;
