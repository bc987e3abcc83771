import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  and,
  assign,
  createMachine,
  emit,
  initialTransition,
  not,
  or,
  setup,
  transition,
} from 'xstate';
import type { Message, Network, Rule } from '../../src/model/network.js';
import { check } from '../../src/search/check.js';
import type { Vacuity } from '../../src/search/vacuity.js';
import { isMutated, runs } from '../effort.js';
import { network } from '../machines/networks.js';
import { text } from '../networks/bruteForce.js';
import { randomNetworks } from '../networks/randomNetwork.js';
import { twoPhaseCommit } from '../peers/two-phase-commit.js';
import { marked, marksOf } from './marked.js';

/** Everything that is vacuous, as texts; for components with separate machines. */
const flat = ({ stimuli, components, machines }: Vacuity) =>
  [
    // Two stimuli may be the same.
    ...new Set(stimuli.map((description) => `stimulus ${description}`)),
    ...components.map((name) => `component ${name}`),
    ...machines.flatMap(({ components: [name], transitions, states, guards }) => [
      ...transitions.map(
        ({ from, event, nth }) => `${name} ${from}: ${event}${nth === undefined ? '' : ` #${nth}`}`,
      ),
      ...states.map((state) => `${name} state ${state}`),
      ...guards.flatMap((guard) =>
        [false, true].flatMap((answer) =>
          guard.only === answer ? [] : [`${name} guard ${guard.name} ${answer}`],
        ),
      ),
    ]),
  ].sort();

/**
 * The same by exploring every path with marked machines, without the engine. Before a transition, XState starts the
 * machine again, whose guards then have the results of the start.
 */
function bruteForce({ components, stimuli, isTerminal, world }: Network): string[] {
  const machines = new Map(components.map((c) => [c.name, { ...c, ...marked(c.machine) }]));
  const exercised = new Set<string>();
  const reached = new Set<string>();
  type State = ReadonlyMap<string, AnyMachineSnapshot>;
  const answer = (name: string, snapshot: AnyMachineSnapshot, message: Message) => {
    const { machine } = machines.get(name)!;
    return snapshot.status === 'active' && machine.getTransitionData(snapshot, message).length > 0;
  };
  const deliver = (
    state: Map<string, AnyMachineSnapshot>,
    name: string,
    message: Message,
  ): boolean => {
    const { machine } = machines.get(name)!;
    if (!answer(name, state.get(name)!, message)) return false;
    reached.add(name);
    const [next, actions] = transition(machine, state.get(name)!, message);
    for (const mark of marksOf(actions as never)) exercised.add(`${name} ${mark}`);
    state.set(name, next);
    return (actions as { type: string; params: { event: Message } }[])
      .filter(({ type }) => type === 'xstate.emit')
      .every(({ params: { event } }) => event.to === undefined || deliver(state, event.to, event));
  };
  const first: State = new Map(
    components.map(({ name, input }) => {
      const [snapshot, actions] = initialTransition(machines.get(name)!.machine, input);
      for (const mark of marksOf(actions as never)) exercised.add(`${name} ${mark}`);
      return [name, snapshot];
    }),
  );
  const key = (state: State) => [...state.values()].map(text).join('\n');
  const states = new Map([[key(first), first]]);
  let here: State = first;
  const seen = world(
    (name, read = (one) => one as never) =>
      () =>
        read(here.get(name)!),
  );
  for (const state of states.values()) {
    here = state;
    const isOver = isTerminal?.(seen) === true;
    for (const { to, message, also = [], description } of stimuli) {
      const words = [{ to, message }, ...also.map((word) => ({ to: word.to, message: word }))];
      // Every message is tested in every state, independently of the others.
      const isEnabled = words.map((word) => answer(word.to, state.get(word.to)!, word.message));
      if (isOver || isEnabled.includes(false)) continue;
      exercised.add(`stimulus ${description}`);
      const next = new Map(state);
      if (!words.every((word) => deliver(next, word.to, word.message))) continue;
      if (!states.has(key(next))) states.set(key(next), next);
    }
  }
  const answered = new Set(
    [...machines].flatMap(([name, { answers }]) => [...answers].map((one) => `${name} ${one}`)),
  );
  const all = [
    ...stimuli.map(({ description }) => `stimulus ${description}`),
    ...[...machines].flatMap(([name, { all }]) => all.map((mark) => `${name} ${mark}`)),
  ].filter((one) => !exercised.has(one) && !answered.has(one));
  const silent = components.flatMap(({ name }) => (reached.has(name) ? [] : [`component ${name}`]));
  return [...new Set([...all, ...silent])].sort();
}

describe('any small network', () => {
  test('reports exactly what brute force does not exercise', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(randomNetworks, fc.boolean(), async (drawn, ends) => {
        const made = {
          ...drawn,
          ...(ends && { isTerminal: drawn.isTerminal ?? ((w) => w.at(0) === 's1/1') }),
        };
        const { vacuity } = await check(made);
        const expected = bruteForce(made as Network);
        found += expected.length;
        expect(flat(vacuity!)).toEqual(expected);
        const reduced = await check(made, { reductions: 'on' });
        expect(reduced.vacuity).toEqual(vacuity);
      }),
      runs(100, 300),
    );
    if (!isMutated) expect(found).toBeGreaterThan(100);
  });
});

const description = (type: string, to: string) => ({ type, to }) as const;
const door = setup({
  types: {} as { emitted: Message },
  actions: { tell: emit(description('opened', 'porter')) },
}).createMachine({
  initial: 'shut',
  states: {
    shut: { on: { open: { target: 'open', actions: 'tell' } } },
    open: { on: { shut: 'shut' } },
  },
});
const porter = setup({
  types: {} as { context: { opened: number } },
  guards: {
    'is awake': ({ context }) => context.opened < 2,
  },
  actions: { count: assign({ opened: ({ context }) => context.opened + 1 }) },
}).createMachine({
  context: { opened: 0 },
  on: { opened: [{ guard: 'is awake', actions: 'count' }, {}], look: {} },
});

interface House {
  readonly isOpen: boolean;
  readonly opened: number;
  readonly name: string;
}
const about = (id: string) => ({ id, description: id, source: 'a house' });
/** A network in which nothing is vacuous: a door, and a porter who counts how often it was opened. */
const house: Network<House> = {
  name: 'house',
  description: 'a door and its porter',
  components: [
    { name: 'door', machine: door },
    { name: 'porter', machine: porter },
  ],
  stimuli: [
    ...['open', 'shut'].map((type) => ({ to: 'door', message: { type }, description: type })),
    { to: 'porter', message: { type: 'look' }, description: 'look' },
  ],
  world: (look) => {
    const [seen, counted] = [look('door'), look('porter')];
    const name = look('porter', () => 'Charon');
    return {
      get isOpen() {
        return seen().value === 'open';
      },
      get opened() {
        return counted().context.opened;
      },
      get name() {
        return name();
      },
    };
  },
  rules: [
    { ...about('bounded'), always: ({ opened }) => opened < 3 },
    { ...about('can open'), possible: [{ description: 'open', holds: ({ isOpen }) => isOpen }] },
    { ...about('can shut'), recoverable: ({ isOpen }) => !isOpen },
    { ...about('counts up'), step: ({ before, after }) => before.opened <= after.opened },
    {
      ...about('opens only when called'),
      step: ({ call, changed }) => call.description !== '' || changed('door'),
    },
    { ...about('is quiet'), step: ({ again }) => again()?.length !== 7 },
  ],
};

const NOTHING: Vacuity = { stimuli: [], components: [], machines: [], rules: [] };
const vacuityOf = async <W>(made: Network<W>) => (await check(made)).vacuity!;
/** The house with other machines. */
const withMachines = (machines: Record<string, AnyStateMachine>): Network<House> => ({
  ...house,
  components: house.components.map(({ name, machine }) => ({
    name,
    machine: machines[name] ?? machine,
  })),
});

describe('unexercised stimuli, transitions and states', () => {
  test('none in a network that is exercised completely', async () => {
    expect(await vacuityOf(house)).toEqual(NOTHING);
  });

  test('a stimulus that is never enabled', async () => {
    // No state of the door handles both.
    const knock = {
      to: 'door',
      message: { type: 'open' },
      also: [{ type: 'shut', to: 'door' }],
      description: 'knock',
    };
    const tired = {
      to: 'porter',
      message: { type: 'opened' },
      also: [
        { type: 'open', to: 'door' },
        { type: 'shut', to: 'door' },
      ],
      description: 'tired',
    };
    const made = { ...house, stimuli: [...house.stimuli, knock, tired] };
    expect(await vacuityOf(made)).toEqual({ ...NOTHING, stimuli: ['knock', 'tired'] });
  });

  test('a component that no message reaches', async () => {
    const bell = setup({}).createMachine({});
    const made = { ...house, components: [...house.components, { name: 'bell', machine: bell }] };
    expect(await vacuityOf(made)).toEqual({ ...NOTHING, components: ['bell'] });
  });

  test('transitions that are never taken, and states that are never entered', async () => {
    const { config, implementations } = door;
    const locked = createMachine(
      {
        ...config,
        states: {
          ...config.states,
          open: { on: { shut: 'shut', lock: ['shut', 'locked'] } },
          locked: { initial: 'once', states: { once: { always: 'twice' }, twice: {} } },
        },
        on: { bolt: { actions: 'tell' } },
      },
      { actions: implementations.actions },
    );
    expect(await vacuityOf(withMachines({ door: locked }))).toEqual({
      ...NOTHING,
      machines: [
        {
          components: ['door'],
          transitions: [
            { from: '', event: 'bolt', to: [] },
            { from: 'open', event: 'lock', nth: 1, to: ['shut'] },
            { from: 'open', event: 'lock', nth: 2, to: ['locked'] },
            { from: 'locked.once', event: '', to: ['locked.twice'] },
          ],
          states: ['locked', 'locked.once', 'locked.twice'],
          guards: [],
        },
      ],
    });
  });
});

describe('unexercised guards and rules', () => {
  test('guards with one answer only, and their transitions', async () => {
    const strict = setup({
      types: {} as { context: { opened: number } },
      guards: {
        'is awake': ({ context }) => context.opened < 2,
        'is here': () => true,
        'is gone': () => false,
        'is both': and(['is here', not('is gone')]),
        'is no longer asked': () => true,
        'is nowhere': () => true,
      },
      actions: { count: assign({ opened: ({ context }) => context.opened + 1 }) },
    }).createMachine({
      context: { opened: 0 },
      on: {
        opened: [
          { guard: and(['is both', 'is awake']), actions: 'count' },
          { guard: or(['is here', 'is no longer asked']) },
        ],
        look: {},
      },
    });
    expect(await vacuityOf(withMachines({ porter: strict }))).toEqual({
      ...NOTHING,
      machines: [
        {
          components: ['porter'],
          transitions: [],
          states: [],
          guards: [
            { name: 'is here', only: true },
            { name: 'is gone', only: false },
            { name: 'is both', only: true },
            { name: 'is no longer asked' },
          ],
        },
      ],
    });
  });

  test('a guard that disables a stimulus counts as false', async () => {
    const once = setup({
      types: {} as { context: { left: number }; emitted: Message },
      guards: { 'has a key left': ({ context }) => context.left > 0 },
      actions: {
        tell: emit(description('opened', 'porter')),
        'use a key': assign({ left: ({ context }) => context.left - 1 }),
      },
    }).createMachine({
      context: { left: 2 },
      initial: 'shut',
      states: {
        shut: {
          on: { open: { guard: 'has a key left', target: 'open', actions: ['use a key', 'tell'] } },
        },
        open: { on: { shut: 'shut' } },
      },
    });
    const { machines } = await vacuityOf(withMachines({ door: once }));
    expect(machines.map(({ components }) => components)).toEqual([['porter']]);
  });

  test('rules that read nothing that changes', async () => {
    const rules: Rule<House>[] = [
      { ...about('constant'), always: () => true },
      { ...about('name'), always: ({ name }) => name !== '' },
      { ...about('each'), each: () => [1, 2], always: ({ name }, part) => name.length !== part },
      { ...about('goal'), possible: [{ description: 'named', holds: ({ name }) => name !== '' }] },
      { ...about('back'), recoverable: ({ name }) => name !== '' },
      { ...about('step'), step: ({ before, after }) => before.name === after.name },
      { ...about('ignores'), step: () => true },
      { ...about('quiescence'), step: ({ emitted }) => emitted.length === 0 },
      { ...about('never'), always: () => false },
    ];
    const { rules: blind } = await vacuityOf({ ...house, rules: [...rules, ...house.rules!] });
    expect(blind).toEqual(rules.slice(0, -1).map(({ id }) => id));
    const reduced = await check(
      { ...house, rules: [...rules, ...house.rules!] },
      { reductions: 'on' },
    );
    expect(reduced.vacuity?.rules).toEqual(blind);
  });

  test('a stopped search reports nothing', async () => {
    expect((await check(house, { maxStates: 2 })).vacuity).toBeUndefined();
    expect((await check(house, { maxStates: 200 })).vacuity).toEqual(NOTHING);
  });
});

test('components of one machine exercise it together', async () => {
  const machine = setup({}).createMachine({
    initial: 'off',
    states: { off: { on: { switch: 'on' } }, on: { on: { switch: 'off', smash: 'off' } } },
  });
  const { machines, components } = await vacuityOf({
    name: 'lamps',
    description: 'two lamps',
    components: ['left', 'right'].map((name) => ({ name, machine })),
    stimuli: [{ to: 'left', message: { type: 'switch' }, description: 'switch' }],
    world: () => undefined,
  });
  expect(components).toEqual(['right']);
  expect(machines).toEqual([
    {
      components: ['left', 'right'],
      transitions: [{ from: 'on', event: 'smash', to: ['off'] }],
      states: [],
      guards: [],
    },
  ]);
});

describe('calls with the same effect by other transitions', () => {
  const lamp = setup({
    types: {} as { emitted: Message },
    actions: { answer: emit({ type: 'here' }) },
  }).createMachine({
    initial: 'off',
    states: {
      off: { on: { switch: 'on', 'are you there': { actions: 'answer' } } },
      on: { on: { switch: 'off', 'are you there': { actions: 'answer' } } },
    },
  });
  const visitor = setup({
    types: {} as { emitted: Message },
    actions: { ask: emit(description('are you there', 'lamp')) },
  }).createMachine({
    initial: 'outside',
    states: { outside: { on: { come: 'inside' } }, inside: { on: { ask: { actions: 'ask' } } } },
  });
  const visit: Network = {
    name: 'visit',
    description: 'a visitor and a lamp',
    components: [
      { name: 'lamp', machine: lamp },
      { name: 'visitor', machine: visitor },
    ],
    stimuli: [
      { to: 'visitor', message: { type: 'come' }, description: 'come' },
      { to: 'lamp', message: { type: 'switch' }, description: 'switch' },
      { to: 'visitor', message: { type: 'ask' }, description: 'ask' },
    ],
    world: () => undefined,
  };

  test('exercise all of these transitions', async () => {
    expect(await vacuityOf(visit)).toEqual(NOTHING);
    expect((await check(visit, { reductions: 'on' })).vacuity).toEqual(NOTHING);
  });

  test('exercise all of them even if the effect is known beforehand', async () => {
    // The visitor's message itself is tested in both states of the lamp, and never enabled.
    const shout = {
      to: 'lamp',
      message: description('are you there', 'lamp'),
      also: ['come', 'ask'].map((type) => ({ type, to: 'visitor' })),
      description: 'shout',
    };
    const made = { ...visit, stimuli: [...visit.stimuli, shout] };
    expect(await vacuityOf(made)).toEqual({ ...NOTHING, stimuli: ['shout'] });
  });
});

describe('reductions', () => {
  test.each([
    ['linux-6.12', 'small'],
    ['linux-6.1', 'records=2,ipmodify=2,willing=2,inuse=2'],
    ['proposal', 'records=2,ipmodify=1,bpf=1,refusing=1'],
    ['linux-7.0', 'records=2,ipmodify=2,bpf=1'],
  ])('%s %s: lose nothing', async (design, scope) => {
    const made = await network(design, scope);
    const reduced = await check(made, { reductions: 'on' });
    expect(reduced.exploration.held).toBeLessThan(reduced.exploration.states);
    expect(reduced.vacuity).toEqual((await check(made)).vacuity);
  });

  test('exchanged names may be in states and events', async () => {
    // The one with the turn passes it on; a search with symmetry visits only one of them.
    const names = ['ann', 'bob', 'cid'];
    const turn = (all: readonly string[]): Network<{ whose: string }> => ({
      name: 'turn',
      description: 'a turn that goes round',
      components: [
        {
          name: 'turn',
          machine: createMachine({
            initial: 'free',
            states: Object.fromEntries([
              ['free', { on: Object.fromEntries(all.map((name) => [`to ${name}`, name])) }],
              ...all.map((name) => [name, { on: { [`from ${name}`]: 'free' } }]),
            ]),
          }),
        },
      ],
      stimuli: ['to', 'from'].flatMap((way) =>
        all.map((name) => ({
          to: 'turn',
          message: { type: `${way} ${name}` },
          description: `${way} ${name}`,
        })),
      ),
      world: (look) => {
        const seen = look('turn', ({ value }) => value as string);
        return {
          get whose() {
            return seen();
          },
        };
      },
      symmetry: {
        kinds: [{ description: 'names', members: all }],
        component: (name) => name,
        seen: (_, { value, context }, named) => ({ value: named(value as string), context }),
        small: () => turn(all.slice(0, 2)),
      },
    });
    const reduced = await check(turn(names), { reductions: 'on' });
    expect(reduced.reductions[0]).toEqual({ description: 'symmetry of names, checked in small' });
    expect(reduced.vacuity).toEqual(NOTHING);
  });

  test('two-phase commit', async () => {
    const made = twoPhaseCommit(3);
    expect((await check(made, { reductions: 'on' })).vacuity).toEqual((await check(made)).vacuity);
  });
});
