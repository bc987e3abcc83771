import { describe, expect, test } from 'vitest';
import { setup } from 'xstate';
import { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import { validateNetwork } from '../../src/interpret/validateNetwork.js';
import type { Network, Rule, SnapshotData } from '../../src/model/network.js';
import { UserError } from '../../src/model/userError.js';
import { check } from '../../src/search/check.js';
import { lone } from '../networks/lone.js';

const ear = setup({}).createMachine({ id: 'ear', on: { x: {} } });
const good = lone(ear, ['x']);
const named = { id: 'r', description: 'a rule', source: 'this test' };

/** The error for a valid network with these properties in addition. */
function refusal(given: object): string {
  try {
    validateNetwork({ ...good, ...given } as Network);
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'accepted';
}
const refusalOfRule = (...rules: unknown[]) => refusal({ rules });

test('accepts a network that conforms to its type', () => {
  expect(refusal({})).toBe('accepted');
  expect(refusalOfRule({ ...named, always: () => true, step: undefined })).toBe('accepted');
});

describe('RW211: a rule has exactly one predicate', () => {
  test.each<readonly [string, object, string]>([
    ['none', named, 'no predicate, so it claims nothing'],
    ['two', { ...named, always: () => true, step: () => true }, 'always and step; give exactly'],
    ['each alone', { ...named, each: () => [] }, 'no predicate'],
    [
      'each beside another than always',
      { ...named, each: () => [], step: () => true },
      'each without always',
    ],
    [
      'fair beside another than eventually and leadsTo',
      { ...named, always: () => true, fair: { weak: () => 'all' } },
      'fair without eventually or leadsTo',
    ],
  ])('%s', (_what, rule, description) => {
    expect(refusalOfRule(rule)).toMatch(/^RW211: rule "r" of network lone has /);
    expect(refusalOfRule(rule)).toContain(description);
  });
});

test('RW211: fairness without groups', () => {
  expect(refusalOfRule({ ...named, eventually: () => true, fair: {} })).toBe(
    'RW211: fair of rule "r" of network lone has neither weak nor strong; without fair every path counts',
  );
});

describe('RW210: a network that does not conform to its type', () => {
  test.each<readonly [string, object, string]>([
    [
      'a misspelt predicate',
      { rules: [{ ...named, alwys: () => true }] },
      'rule "r" of network lone has an unknown property "alwys"; did you mean always? the names are id,',
    ],
    [
      'misspelt rules',
      { rulez: [] },
      'network lone has an unknown property "rulez"; did you mean rules?',
    ],
    [
      'a key like none',
      { colour: 'red' },
      'network lone has an unknown property "colour"; the names are name, description, components,',
    ],
    [
      'a leadsTo without to',
      { rules: [{ ...named, leadsTo: { from: () => true } }] },
      'leadsTo of rule "r" of network lone',
    ],
    [
      'fairness that is a word',
      { rules: [{ ...named, eventually: () => true, fair: { weak: 'all' } }] },
      'weak must be a function',
    ],
    [
      'no goals',
      { rules: [{ ...named, possible: [] }] },
      'possible must be an array of at least one; it is an empty array',
    ],
    [
      'a goal that is a function',
      { rules: [{ ...named, possible: [() => true] }] },
      'goal number 1 of rule "r" of network lone is a function; give an object with description, holds',
    ],
    [
      'a goal without a predicate',
      { rules: [{ ...named, possible: [{ description: 'there' }] }] },
      'goal "there" of rule "r" of network lone: holds must be a function; it is undefined',
    ],
    ['a rule that is none', { rules: [null] }, 'rule number 1 of network lone is null'],
    [
      'a predicate that is none',
      { rules: [{ ...named, always: true }] },
      'always must be a function; it is the boolean true',
    ],
    [
      'a rule without a source',
      { rules: [{ ...named, source: undefined, step: () => true }] },
      'source must be a string; it is undefined',
    ],
    ['an empty name', { name: ' ' }, 'name must not be empty'],
    ['no components', { components: [] }, 'components must be an array of at least one'],
    [
      'a component that is none',
      { components: [null] },
      'component number 1 of network lone is null; give an object with name, machine, input',
    ],
    [
      'a hole among the components',
      { components: [undefined, { name: 'it', machine: ear }] },
      'component number 1 of network lone is undefined',
    ],
    [
      'a component without a name',
      { components: [{ machine: ear }] },
      'component number 1 of network lone: name must be a string',
    ],
    ['stimuli that are no array', { stimuli: {} }, 'stimuli must be an array; it is an object'],
    [
      'a stimulus that is none',
      { stimuli: ['x'] },
      'stimulus number 1 of network lone is the string x',
    ],
    [
      'a stimulus without a message',
      { stimuli: [{ to: 'it', description: 'x' }] },
      'stimulus "x" of network lone: message must be an object; it is undefined',
    ],
    [
      'a message without a type',
      { stimuli: [{ to: 'it', description: 'x', message: {} }] },
      'the message of stimulus "x" of network lone: type must be a string',
    ],
    [
      'a second message to nobody',
      { stimuli: [{ to: 'it', description: 'x', message: { type: 'x' }, also: [{ type: 'x' }] }] },
      'also[0] of stimulus "x" of network lone: to must be a string',
    ],
    [
      'a message that is for another',
      { stimuli: [{ to: 'it', description: 'x', message: { type: 'x', to: 'them' } }] },
      'stimulus "x" of network lone is for it, but its message is addressed to them; omit to in',
    ],
    ['white space around a name', { name: 'lone ' }, 'name must not begin or end with white space'],
    ['a world that is no function', { world: {} }, 'world must be a function; it is an object'],
    [
      'a symmetry without its kinds',
      { symmetry: {} },
      'the symmetry of network lone: kinds must be an array',
    ],
  ])('%s', (_what, given, description) => {
    expect(refusal(given)).toMatch(/^RW210: /);
    expect(refusal(given)).toContain(description);
  });
});

describe('RW210: a network without properties', () => {
  test('an empty object', () => {
    expect(() => validateNetwork(null as unknown as Network)).toThrow(
      'RW210: a network without a name is null; give an object with name, description, components,',
    );
  });
});

describe('RW210: control characters', () => {
  const char = (code: string) => String.fromCodePoint(Number.parseInt(code.slice(2), 16));
  test.each([
    'U+0000',
    'U+0009',
    'U+000A',
    'U+000D',
    'U+001B',
    'U+007F',
    'U+009B',
    'U+2028',
    'U+2029',
    'U+202E',
    'U+2066',
  ])('%s', (code) => {
    expect(refusal({ description: `a${char(code)}b` })).toMatch(
      new RegExp(
        `^RW210: network lone: description holds the control character ${code.replace('+', '\\+')}, which`,
      ),
    );
  });

  const bad = 'a\nb';
  const rule = { ...named, always: () => true };
  test.each<readonly [string, object]>([
    ['name', { name: bad }],
    ['scopeText', { scopeText: bad }],
    ['glossary', { glossary: bad }],
    ['name', { components: [{ name: bad, machine: ear }] }],
    ['description', { stimuli: [{ to: 'it', message: { type: 'x' }, description: bad }] }],
    ['call', { stimuli: [{ to: 'it', message: { type: 'x' }, description: 'x', call: bad }] }],
    ['type', { stimuli: [{ to: 'it', message: { type: bad }, description: 'x' }] }],
    ['id', { rules: [{ ...rule, id: bad }] }],
    ['description', { rules: [{ ...rule, description: bad }] }],
    ['source', { rules: [{ ...rule, source: bad }] }],
    ['unobservable', { rules: [{ ...rule, unobservable: bad }] }],
    ['description', { rules: [{ ...named, possible: [{ description: bad, holds: () => true }] }] }],
    [
      'description',
      {
        symmetry: {
          kinds: [{ description: bad, members: [] }],
          component() {},
          seen() {},
          small() {},
        },
      },
    ],
  ])('in %s of %o', (property, given) => {
    expect(refusal(given)).toContain(`: ${property} holds the control character U+000A`);
  });
});

describe('RW212: two things of one name', () => {
  const symmetric = (...kinds: object[]) => ({
    symmetry: { kinds, component() {}, seen() {}, small() {} },
  });
  const rule = { ...named, always: () => true };
  const goal = { description: 'there', holds: () => true };
  const press = { to: 'it', message: { type: 'x' }, description: 'press' };
  test.each<readonly [string, object, string]>([
    ['rules', { rules: [rule, rule] }, 'network lone has two rules with the id "r"'],
    [
      'goals',
      { rules: [{ ...named, possible: [goal, goal] }] },
      'rule "r" of network lone has two goals with the description "there"',
    ],
    [
      'stimuli',
      { stimuli: [press, press] },
      'network lone has two stimuli with the description "press"',
    ],
    [
      'kinds',
      symmetric({ description: 'lamps', members: ['a'] }, { description: 'lamps', members: ['b'] }),
      'the symmetry of network lone has two kinds with the description "lamps"',
    ],
    [
      'members',
      symmetric(
        { description: 'lamps', members: ['a', 'b'] },
        { description: 'fuses', members: ['b'] },
      ),
      'the symmetry of network lone has two members named "b"',
    ],
  ])('%s', (_what, given, description) => {
    expect(refusal(given)).toContain(`RW212: ${description}`);
  });
});

test('every function that takes a network validates it', async () => {
  const bad = { ...good, rules: [named] } as unknown as Network;
  expect(() => new CompiledSystem(bad)).toThrow(/^RW211/);
  await expect(check(bad)).rejects.toThrow(/^RW211/);
  await expect(check(good, { rules: [named] as never })).rejects.toThrow(/^RW211/);
});

test('a network may be an object of a class', async () => {
  class Lone implements Network<SnapshotData> {
    readonly name = 'of a class';
    readonly description = good.description;
    readonly components = good.components;
    readonly stimuli = good.stimuli;
    readonly #ever = true;
    world(look: Parameters<Network<SnapshotData>['world']>[0]) {
      return good.world(look);
    }
    isTerminal() {
      return !this.#ever;
    }
  }
  expect((await check(new Lone())).exploration.transitions).toBe(1);
});

test('the compiler refuses a rule without a predicate, and with two', () => {
  const holds = () => true;
  const rules: Rule<unknown>[] = [
    { ...named, always: holds },
    { ...named, always: holds, each: () => [] },
    { ...named, step: holds },
    { ...named, possible: [{ description: 'there', holds }] },
    { ...named, recoverable: holds },
    // @ts-expect-error: no predicate
    named,
    // @ts-expect-error: misspelt
    { ...named, alwys: holds },
    // @ts-expect-error: two
    { ...named, always: holds, step: holds },
    // @ts-expect-error: two
    { ...named, possible: [{ description: 'there', holds }], recoverable: holds },
    // @ts-expect-error: a list of things without a claim about them
    { ...named, each: () => [] },
    // @ts-expect-error: a list of things that another predicate does not take
    { ...named, recoverable: holds, each: () => [] },
    // @ts-expect-error: a promise
    { ...named, always: async () => true },
  ];
  expect(rules.map((rule) => refusalOfRule(rule).slice(0, 5))).toEqual([
    ...['accep', 'accep', 'accep', 'accep', 'accep'],
    ...['RW211', 'RW210', 'RW211', 'RW211', 'RW211', 'RW211'],
    // Only its result shows.
    'accep',
  ]);
});
