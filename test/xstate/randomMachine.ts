import fc from 'fast-check';
import {
  type AnyStateMachine,
  assign,
  cancel,
  createMachine,
  emit,
  enqueueActions,
  fromPromise,
  fromTransition,
  log,
  raise,
  sendParent,
  sendTo,
  spawnChild,
  stopChild,
} from 'xstate';

// biome-ignore lint/suspicious/noExplicitAny: the config is put together from what was drawn
type Any = any;

/** A promise that a test settles by the id of its actor. */
export const pending = new Map<
  string,
  { resolve(value: unknown): void; reject(e: unknown): void }
>();

const job = fromPromise(
  ({ self }) =>
    new Promise((resolve, reject) => {
      pending.set(self.id, { resolve, reject });
    }),
);
const counter = fromTransition((n: number, { type }) => (type === 'ping' ? (n + 1) % 3 : n), 0);

const EVENTS = ['e0', 'e1', 'e2'];
const STATES = ['a', 'b', 'c.x', 'c.y', 'd', 'd.p.1', 'd.q.2'];
const event = fc.constantFrom(...EVENTS);

/** Actions of the machine; those of its child are a part of them. */
const ACTIONS: Readonly<Record<string, Any>> = {
  count: assign({ n: ({ context }: Any) => (context.n + 1) % 3 }),
  keep: assign({ last: ({ event }: Any) => event.type }),
  output: assign({ last: ({ event }: Any) => event.output ?? event.error ?? null }),
  raise: raise({ type: 'e1' }),
  'raise in 150': raise({ type: 'e2' }, { id: 'late', delay: 150 }),
  'raise in 100': raise({ type: 'e0' }, { delay: 100 }),
  'raise n in 200': raise(({ context }: Any) => ({ type: 'e1', n: context.n }), { delay: 200 }),
  cancel: cancel('late'),
  emit: emit(({ context }: Any) => ({ type: 'said', n: context.n })),
  log: log('logged'),
  inline: () => {},
  enqueue: enqueueActions(({ enqueue, context }: Any) => {
    if (context.n > 0) enqueue.raise({ type: 'e2' }, { delay: 50 });
    enqueue.assign({ n: 0 });
  }),
};

const PARENT: Readonly<Record<string, Any>> = {
  ping: sendTo(({ self }: Any) => self, { type: 'e0' }, { delay: 120, id: 'self' }),
  spawn: spawnChild('job', { id: 'spawned' }),
  stop: stopChild('spawned'),
};

const CHILD: Readonly<Record<string, Any>> = {
  tell: sendParent(({ context }: Any) => ({ type: 'e1', n: context.n })),
  'tell later': sendParent({ type: 'e2' }, { delay: 130, id: 'tell' }),
};

const actionsOf = (all: Readonly<Record<string, Any>>) =>
  fc
    .array(fc.constantFrom(...Object.keys(all)), { maxLength: 2 })
    .map((names) => names.map((n) => all[n]));

const guards: Readonly<Record<string, Any>> = {
  zero: ({ context }: Any) => context.n === 0,
  one: ({ context }: Any) => context.n > 0,
};

const transitions = (actions: fc.Arbitrary<Any[]>, targets: readonly string[]) =>
  fc.array(
    fc
      .record({
        target: fc.option(fc.constantFrom(...targets)),
        guard: fc.option(fc.constantFrom(...Object.keys(guards)), { freq: 3 }),
        actions,
        reenter: fc.boolean(),
      })
      .map(({ target, guard, ...rest }) => ({
        ...rest,
        ...(target && { target: `#m.${target}` }),
        ...(guard && { guard: guards[guard] }),
      })),
    { minLength: 1, maxLength: 2 },
  );

const on = (actions: fc.Arbitrary<Any[]>, targets: readonly string[]) =>
  fc.dictionary(event, transitions(actions, targets), { maxKeys: 3 });
const after = (actions: fc.Arbitrary<Any[]>, targets: readonly string[]) =>
  fc.dictionary(fc.constantFrom('100', '200', '300'), transitions(actions, targets), {
    maxKeys: 2,
  });

/** A machine that another one invokes. */
const child: fc.Arbitrary<AnyStateMachine> = fc
  .record({
    a: fc.record({
      on: on(actionsOf({ ...ACTIONS, ...CHILD }), ['b']),
      after: after(actionsOf({ ...ACTIONS, ...CHILD }), ['b', 'f']),
      entry: actionsOf({ ...ACTIONS, ...CHILD }),
    }),
    b: fc.record({
      on: on(actionsOf({ ...ACTIONS, ...CHILD }), ['a', 'f']),
      after: after(actionsOf({ ...ACTIONS, ...CHILD }), ['a']),
    }),
    invokes: fc.boolean(),
  })
  .map(({ a, b, invokes }) =>
    createMachine({
      id: 'm',
      context: { n: 0, last: null },
      initial: 'a',
      output: ({ context }: Any) => context.n,
      states: {
        a,
        b: {
          ...b,
          ...(invokes && { invoke: { src: job, id: 'inner', onDone: 'f', onError: 'a' } }),
        },
        f: { type: 'final' },
      },
    } as Any),
  );

/** Machines with time-outs, delays, promises, a reducer and an invoked machine. */
export const machines: fc.Arbitrary<AnyStateMachine> = fc
  .tuple(child, fc.boolean())
  .chain(([kid, isFinal]) => {
    const targets = [...STATES, 'c.back', ...(isFinal ? ['f'] : [])];
    const actions = actionsOf({ ...ACTIONS, ...PARENT });
    const leaf = fc.record({
      on: on(actions, targets),
      after: after(actions, targets),
      entry: actions,
      exit: actions,
    });
    const invoke = fc.constantFrom(
      {},
      { invoke: { src: 'job', id: 'job', onDone: { target: '#m.a', actions: [ACTIONS.output] } } },
      {
        invoke: {
          src: 'job',
          id: 'job',
          onDone: '#m.c',
          onError: { target: '#m.b', actions: [ACTIONS.output] },
        },
      },
      {
        invoke: {
          src: 'kid',
          id: 'kid',
          onDone: { target: '#m.a', actions: [ACTIONS.output] },
          onError: '#m.b',
        },
        on: { e2: { actions: [sendTo('kid', { type: 'e0' }), sendTo('kid', { type: 'e1' })] } },
      },
      {
        invoke: { src: 'counter', id: 'counter' },
        on: { e2: { actions: sendTo('counter', { type: 'ping' }) } },
      },
    );
    const states = fc.record({
      a: leaf,
      b: fc.tuple(leaf, invoke).map(([one, more]) => ({ ...one, ...more })),
      x: leaf,
      y: fc
        .tuple(leaf, invoke, fc.boolean())
        .map(([one, more, ends]) => (ends ? { type: 'final' } : { ...one, ...more })),
      c: invoke,
      d: fc.record({ on: on(actions, targets), after: after(actions, targets) }),
      p: leaf,
      q: leaf,
    });
    return states.map(({ a, b, x, y, c, d, p, q }) =>
      createMachine(
        {
          id: 'm',
          context: { n: 0, last: null },
          initial: 'a',
          output: ({ context }: Any) => context.n,
          states: {
            a,
            b,
            c: {
              ...c,
              onDone: '#m.d',
              initial: 'x',
              states: { x, y, back: { type: 'history', history: 'deep' } },
            },
            d: {
              ...d,
              type: 'parallel',
              states: {
                p: { initial: '1', states: { 1: p, 2: {} } },
                q: { initial: '1', states: { 1: {}, 2: q } },
              },
            },
            f: { type: 'final' },
            // Never entered; it gives the machine every event.
            all: { on: Object.fromEntries(EVENTS.map((type) => [type, {}])) },
          },
        } as Any,
        { actors: { job, kid, counter } as Any },
      ),
    );
  });
