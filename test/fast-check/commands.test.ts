import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assign, emit, setup as machineSetup } from 'xstate';
import fixed from '../../docs/examples/checkout-fixed.js';
import { shop } from '../../docs/examples/shop.js';
import { commands, type System, setup, type WalkOptions } from '../../src/fast-check/index.js';
import type { Network } from '../../src/model/network.js';
import { parseStory } from '../../src/paths/storyFormat.js';
import { shortest } from './shortest.js';

const SEEDS = [...Array(20).keys()];

/** Runs walks of network and system; returns the story to which a failing walk shrank, and the exception. */
async function walked<W, S, A>(
  network: Network<W>,
  system: System<S, A>,
  parameters: fc.Parameters<unknown>,
  options: WalkOptions = {},
) {
  const start = setup(network, system);
  const ran = await fc.check(
    fc.asyncProperty(commands(network, system, options), (calls) => fc.asyncModelRun(start, calls)),
    { numRuns: 300, ...(parameters as object) },
  );
  const calls = ran.counterexample && [...ran.counterexample[0]].map(String);
  const error = ran.failed ? (ran.errorInstance as Error) : undefined;
  return { ran, calls, error };
}

/** The outcomes of a synchronous system after each of these calls. */
const showing =
  <W, S, A>(network: Network<W>, { create, send, read }: System<S, A>) =>
  (calls: readonly number[]) => {
    const real = create() as S;
    return calls.map((number) => {
      const answer = send(real, network.stimuli[number]!) as A;
      return read(real, answer) as readonly string[];
    });
  };

describe('a correct shop', () => {
  test('conforms to the model on 300 walks', async () => {
    const { ran } = await walked(fixed, shop(), { seed: 1 });
    expect(ran).toMatchObject({ failed: false, numRuns: 300 });
  });

  test('gets only calls that the model enables: every call drawn is executed', async () => {
    let sent = 0;
    const right = shop();
    const system: typeof right = {
      ...right,
      send: (shop, call) => {
        sent++;
        return right.send(shop, call);
      },
    };
    const start = setup(fixed, system);
    await fc.assert(
      fc.asyncProperty(commands(fixed, system), async (calls) => {
        sent = 0;
        await fc.asyncModelRun(start, calls);
        expect(sent).toBe([...calls].length);
        expect(sent).toBeGreaterThan(0);
      }),
      { seed: 2 },
    );
  });
});

describe('a shop that takes another key after a time-out', () => {
  const misuse = shop(true);
  const least = shortest(fixed, showing(fixed, misuse));

  test('is found by 4 calls, and by no fewer', () => expect(least).toBe(4));

  test.each(SEEDS)('seed %i: shrinks to a shortest story, which is printed', async (seed) => {
    const { calls, error } = await walked(fixed, misuse, { seed });
    expect(calls).toHaveLength(least);
    const [, ...lines] = error!.message.split('\n');
    const { notes, steps } = parseStory(lines.join('\n'), 'the error');
    expect(steps.map(({ call }) => call)).toEqual(calls);
    expect(notes.slice(0, 2)).toEqual(['network fixed', `call 4, ${calls!.at(-1)}`]);
    // Expected and actual outcome differ, and the story ends with the expected one.
    expect(notes[2]).toBe(`expected  ${steps.at(-1)!.outcome.join('; ')}`);
    expect(notes[3]).toMatch(/^got {7}/);
    expect(notes[3]!.slice(10)).not.toBe(notes[2]!.slice(10));
  });

  test('the seed and path that fast-check prints give the same story at once', async () => {
    const { calls, ran } = await walked(fixed, misuse, { seed: 3 });
    const { seed, counterexamplePath } = ran;
    const again = await walked(fixed, misuse, { seed, path: counterexamplePath! });
    expect(again.calls).toEqual(calls);
    expect(again.ran.numRuns).toBe(1);
  });
});

const lampMachine = machineSetup({
  types: {} as { context: { lit: boolean }; events: { type: 'press' | 'look' | 'break' } },
  actions: {
    switch: assign({ lit: ({ context }) => !context.lit }),
    'say lit': emit({ type: 'lit' }),
    'say dark': emit({ type: 'dark' }),
    'ask nobody': emit({ type: 'word', to: 'lamp' }),
  },
  guards: { 'is lit': ({ context }) => context.lit },
}).createMachine({
  context: { lit: false },
  on: {
    press: { actions: 'switch' },
    look: [{ guard: 'is lit', actions: 'say lit' }, { actions: 'say dark' }],
    break: { actions: 'ask nobody' },
  },
});

const lamp = (...types: readonly string[]): Network => ({
  name: 'lamp',
  description: 'a lamp with one button',
  components: [{ name: 'lamp', machine: lampMachine }],
  stimuli: types.map((type) => ({ to: 'lamp', message: { type }, description: type })),
  world: () => undefined,
  outcome: (emitted) => emitted.map(({ type }) => type),
});

/** Burns out when it is pressed too often, which the model does not have. */
const bulb = (presses: number): System<{ pressed: number }, string[]> => ({
  create: () => ({ pressed: 0 }),
  send: async (bulb, { description }) => {
    if (description === 'press') bulb.pressed++;
    const lit = bulb.pressed % 2 === 1 && bulb.pressed < presses;
    return description === 'look' ? [lit ? 'lit' : 'dark'] : [];
  },
  read: async (_, answer) => answer,
});

describe('a bulb that burns out', () => {
  const pressed = (times: number) => [...Array(times).fill('press'), 'look'];

  test.each(SEEDS)('seed %i: leaves out irrelevant calls', async (seed) => {
    const { calls } = await walked(lamp('look', 'press'), bulb(7), { seed });
    expect(calls).toEqual(pressed(7));
  });

  test('a call without a visible effect has an outcome in the story', async () => {
    const { error } = await walked(lamp('look', 'press'), bulb(1), { seed: 1 });
    expect(error!.message.split('\n')).toEqual([
      'the system does not conform to the model',
      '# network lamp',
      '# call 2, look',
      '#   expected  lit',
      '#   got       dark',
      'press',
      '  nothing said',
      'look',
      '  lit',
      '',
    ]);
  });

  test('longest: no walk has more calls, and some have exactly as many', async () => {
    const walks = commands(lamp('look', 'press'), bulb(9), { longest: 8 });
    const lengths = fc.sample(walks, { seed: 1, numRuns: 200 }).map((calls) => [...calls].length);
    expect(Math.max(...lengths)).toBe(8);
    const { ran } = await walked(lamp('look', 'press'), bulb(9), { seed: 1 }, { longest: 8 });
    expect(ran.failed).toBe(false);
  });
});

test('an exception of the system is the failure', async () => {
  const system = { ...bulb(9), send: () => Promise.reject(new Error('no light')) };
  const { calls, error } = await walked(lamp('look', 'press'), system, { seed: 1 });
  expect(calls).toHaveLength(1);
  expect(error!.message).toBe('no light');
});

test('RW323: a network that fails by itself is no model', async () => {
  await expect(walked(lamp('break'), bulb(9), { seed: 1 })).rejects.toThrow(
    /^RW323: network lamp fails by itself \(unhandled\) after: break; fix it first/,
  );
});
