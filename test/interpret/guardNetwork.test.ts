import { describe, expect, test } from 'vitest';
import { setup } from 'xstate';
import { guardNetwork } from '../../src/interpret/guardNetwork.js';
import type { Network, Rule, Select } from '../../src/model/network.js';
import { UserError } from '../../src/model/userError.js';
import { check } from '../../src/search/check.js';

const lamp = setup({}).createMachine({
  id: 'lamp',
  initial: 'off',
  states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } },
});

class Room {
  readonly #seen;
  constructor(look: Select) {
    this.#seen = look('lamp');
  }
  get lit(): boolean {
    return this.#seen().value === 'on';
  }
  isLit(): boolean {
    return this.#seen().value === 'on';
  }
}

const room = (more: Partial<Network<Room>> = {}): Network<Room> => ({
  name: 'room',
  description: 'a lamp',
  components: [{ name: 'lamp', machine: lamp }],
  stimuli: [{ to: 'lamp', message: { type: 'press' }, description: 'press' }],
  world: (look) => new Room(look),
  ...more,
});

const named = { id: 'r', description: 'a rule', source: 'this test' };

/** The UserError that ends a search, or `no fault`; any other exception fails the test. */
async function faultOf(network: Network<Room>): Promise<string> {
  try {
    await check(network);
    return 'no fault';
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
/** Wrong predicates, which only JavaScript accepts. */
const faultOfRule = (rule: object) =>
  faultOf(room({ rules: [{ ...named, ...rule } as Rule<Room>] }));

/** The same predicate in each position in which a rule can have one. */
const everywhere = (holds: (world: Room) => unknown) =>
  [
    ['always', { always: holds }, 'rule "r"'],
    ['always of each', { each: () => [1], always: holds }, 'rule "r"'],
    ['step', { step: ({ after }: { after: Room }) => holds(after) }, 'rule "r"'],
    ['possible', { possible: [{ description: 'there', holds }] }, 'goal "there" of rule "r"'],
    ['recoverable', { recoverable: holds }, 'rule "r"'],
  ] as const;

describe('RW213: a result that is neither true nor false', () => {
  test.each(everywhere(async () => true))('a promise, of %s', async (_where, rule, who) => {
    expect(await faultOfRule(rule)).toBe(
      `RW213: ${who} returns a promise; it must return its result synchronously: remove async and await`,
    );
  });

  test.each(everywhere(() => undefined))('nothing, of %s', async (_where, rule, who) => {
    expect(await faultOfRule(rule)).toBe(
      `RW213: ${who} returns undefined; it must return true or false`,
    );
  });

  test.each([
    ['a number', 1, 'the number 1'],
    ['a text', 'yes', 'the string yes'],
    ['null', null, 'null'],
    ['a function', () => true, 'a function'],
  ])('%s', async (_what, answer, description) => {
    expect(await faultOfRule({ always: () => answer })).toContain(
      `returns ${description}; it must`,
    );
  });

  test('a promise that rejects later does not end the process', async () => {
    const rule = { always: () => Promise.reject(new Error('later')) };
    expect(await faultOfRule(rule)).toContain('promise');
    await new Promise(setImmediate);
  });

  test('of other functions', async () => {
    const of = (more: object) => faultOf(room(more));
    expect(await of({ isTerminal: async () => false })).toContain(
      'RW213: isTerminal of network room returns',
    );
    expect(await faultOfRule({ each: () => new Set([1]), always: () => true })).toBe(
      'RW213: each of rule "r" returns an object; it must return an array',
    );
    expect(await faultOfRule({ each: () => Array(65_537), always: () => true })).toBe(
      'RW213: each of rule "r" returns 65537 things; it may return at most 65536',
    );
    const { outcome, unobservable, outcomeData, breakClass } = guardNetwork(
      room({
        outcome: (() => 'all') as never,
        unobservable: (() => [1]) as never,
        outcomeData: (async () => 1) as never,
        breakClass: (() => undefined) as never,
      }),
    );
    const after = {} as Room;
    expect(() => outcome!([], after)).toThrow('outcome of network room returns the string all');
    expect(() => unobservable!([])).toThrow(
      'unobservable of network room returns an array; it must return an',
    );
    expect(() => breakClass!({} as never, [])).toThrow(
      'breakClass of network room returns undefined; it must return a string',
    );
    expect(() => outcomeData!([], after)).toThrow('outcomeData of network room returns a promise');
    const { outcomeData: big } = guardNetwork(room({ outcomeData: (() => 1n) as never }));
    expect(() => big!([], after)).toThrow(
      'outcomeData of network room returns a value that JSON cannot hold',
    );
    const { outcomeData: none } = guardNetwork(room({ outcomeData: (() => undefined) as never }));
    expect(() => none!([], after)).toThrow(
      'outcomeData of network room returns a value that JSON cannot hold: it is undefined',
    );

    expect(await of({ scope: { n: 1n } })).toContain(
      'RW210: network room: scope must be a value that JSON',
    );
  });
});

describe('RW214: a function that throws', () => {
  const fails = (error: unknown) => () => {
    throw error;
  };
  test.each(everywhere(fails(new Error('boom'))))('%s', async (_where, rule, who) => {
    expect(await faultOfRule(rule)).toMatch(
      new RegExp(`^RW214: ${who} fails: Error: boom \\(/.*guardNetwork\\.test\\.ts:\\d+:\\d+\\)$`),
    );
  });

  test.each([
    ['nothing', undefined, 'undefined'],
    ['an object without a text', Object.create(null), 'an object without a text'],
    ['lines and colours', '\x1b[31mone\ntwo', '\\u001b[31mone two'],
  ])('%s', async (_what, error, description) => {
    expect(await faultOfRule({ always: fails(error) })).toBe(
      `RW214: rule "r" fails: ${description}`,
    );
  });

  test('a world', async () => {
    expect(await faultOf(room({ world: fails(new Error('boom')) }))).toMatch(
      /^RW214: the world of network room fails: Error: boom/,
    );
  });
});

describe('RW215: a property that the world does not have', () => {
  const unlit = (world: Room) => (world as unknown as { readonly lite?: boolean }).lite !== true;
  test.each(everywhere(unlit))('%s', async (_where, rule, who) => {
    expect(await faultOfRule(rule)).toBe(
      `RW215: ${who} reads lite, but the world of network room has no such property; did you mean lit? the names are lit, isLit`,
    );
  });

  test('of a step', async () => {
    const rule = { step: ({ sad }: { sad?: readonly unknown[] }) => sad === undefined };
    expect(await faultOfRule(rule)).toMatch(
      /^RW215: rule "r" reads sad, but a step has no such property; .*before, call, emitted, after, changed, again$/,
    );
  });

  test('existing properties may be undefined; methods and private fields work; nothing can be written', async () => {
    expect(await faultOfRule({ always: (world: Room) => world.isLit() === world.lit })).toBe(
      'no fault',
    );
    const ofObject = { world: () => ({ lit: undefined }) as unknown as Room };
    const rules = [{ ...named, always: ({ lit }: Room) => lit === undefined }];
    expect(await faultOf(room({ ...ofObject, rules }))).toBe('no fault');
    expect(
      await faultOfRule({
        always: (world: { lit: boolean }) => {
          world.lit = true;
          return true;
        },
      }),
    ).toContain(
      'RW214: rule "r" fails: TypeError: lit of the world of network room can only be read',
    );
  });

  test('is refused even if the rule catches the error', async () => {
    const rule = {
      always: (world: Room) => {
        try {
          return !(world as unknown as { lite: boolean }).lite;
        } catch {
          return true;
        }
      },
    };
    expect(await faultOfRule(rule)).toMatch(/^RW215: rule "r" reads lite, but/);
  });

  test("code outside of the network's functions may read any property", () => {
    const world = guardNetwork(room()).world(() => () => ({ value: 'on' }) as never);
    expect((world as { lite?: boolean }).lite).toBeUndefined();
  });

  test('a network without observations', async () => {
    const rules: Rule<Room>[] = [{ ...named, always: ({ lit }) => !lit }];
    expect(await faultOf(room({ world: () => undefined as never, rules }))).toContain(
      'reads lit, but the world of network room has no such property; there are no names',
    );
  });
});

describe('RW216: a world that is created incorrectly', () => {
  const always = [{ ...named, always: ({ lit }: Room) => !lit || lit }];
  const of = (world: (look: Select) => object) =>
    faultOf(room({ world: world as never, rules: always }));

  test('a state that is read once and kept for all states', async () => {
    expect(await of((look) => ({ lit: look('lamp')().value === 'on' }))).toMatch(
      /^RW216: the world of network room reads lamp while world\(\) runs, .* read it in a getter/,
    );
  });

  test('a selector bound in a getter, one more with each read', async () => {
    expect(
      await of((look) => ({
        get lit() {
          return look('lamp', ({ value }) => value === 'on')();
        },
      })),
    ).toMatch(/^RW216: the world of network room binds a selector to lamp too late/);
  });

  test('one object for all states: before a call would equal after it', async () => {
    let seen: () => { readonly value: unknown };
    const shared = {
      get lit() {
        return seen().value === 'on';
      },
    };
    expect(
      await of((look) => {
        seen = look('lamp');
        return shared;
      }),
    ).toMatch(/^RW216: the world of network room is the same object as before/);
  });

  test('one variable for all selectors: before a call would be another state', async () => {
    let seen: () => { readonly value: unknown };
    const step = ({ before, after }: { before: Room; after: Room }) => before.lit !== after.lit;
    const world = (look: Select) => {
      seen = look('lamp');
      return {
        get lit() {
          return seen().value === 'on';
        },
      } as Room;
    };
    for (const rules of [always, [{ ...named, step }]])
      expect(await faultOf(room({ world, rules }))).toMatch(
        /^RW216: the world of network room reads lamp through a selector of another world: keep the/,
      );
  });

  test('a value that is no object', async () => {
    expect(await of(() => 'dark' as never)).toMatch(
      /^RW216: the world of network room is the string dark; give an object whose getters/,
    );
  });
});

test('RW217: each returns more things in one state than in another', async () => {
  const rule: Rule<Room> = {
    ...named,
    each: ({ lit }) => (lit ? ['lamp', 'fly'] : ['lamp']),
    always: (_, part) => part !== 'fly',
  };
  expect(await faultOf(room({ rules: [rule] }))).toMatch(
    /^RW217: each of rule "r" returns 1 things in the first state and 2 in another/,
  );
});
