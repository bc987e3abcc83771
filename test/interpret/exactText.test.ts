import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deepFreeze } from '../../src/interpret/deepFreeze.js';
import { exactText } from '../../src/interpret/exactText.js';
import { UserError } from '../../src/model/userError.js';

/** Values of every kind that has a text. */
const values = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  maxDepth: 3,
});

/** A copy that only `===` distinguishes from it. */
function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy);
  if (value instanceof Date) return new Date(value);
  if (value instanceof Set) return new Set([...value].map(copy));
  if (value instanceof Map) return new Map([...value].map(([k, v]) => [copy(k), copy(v)]));
  const made = Object.create(Object.getPrototypeOf(value));
  // defineProperty, because `__proto__` is a key like any other
  for (const [key, v] of Object.entries(value))
    Object.defineProperty(made, key, {
      value: copy(v),
      enumerable: true,
      writable: true,
      configurable: true,
    });
  return made;
}

/** The order of keys and entries, which deep equality ignores. */
function ordered(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(ordered);
  if (value instanceof Set) return ['set', [...value].map(ordered)];
  if (value instanceof Map) return ['map', [...value].map(ordered)];
  const prototype = Object.getPrototypeOf(value) === null ? 'null' : 'object';
  return [prototype, Object.entries(value).map(([key, v]) => [key, ordered(v)])];
}

test('a copy has the same text, frozen or not', () => {
  fc.assert(
    fc.property(values, (value) => {
      const text = exactText(value, 'v');
      expect(exactText(copy(value), 'v')).toBe(text);
      expect(exactText(deepFreeze(copy(value)), 'v')).toBe(text);
    }),
  );
});

test('texts are equal only if the values are, order included', () => {
  const few = fc.constantFrom(0, -0, 1, '', '0', 'a', null, undefined, 1n, Number.NaN);
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      { maxDepth: 2 },
      few,
      fc.array(tie('tree'), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom('a', 'b', '0'), tie('tree'), { maxKeys: 2 }),
      fc.array(tie('tree'), { maxLength: 2 }).map((all) => new Set(all)),
      fc.array(fc.tuple(few, tie('tree')), { maxLength: 2 }).map((all) => new Map(all)),
    ),
  }));
  let equal = 0;
  fc.assert(
    fc.property(tree, tree, (one, other) => {
      const isSame = isDeepStrictEqual(ordered(one), ordered(other));
      if (isSame) equal++;
      expect(exactText(one, 'v') === exactText(other, 'v')).toBe(isSame);
    }),
    { numRuns: 3_000 },
  );
  expect(equal).toBeGreaterThan(20);
});

test.each<[string, unknown, unknown]>([
  ['the order of keys', { a: 1, b: 2 }, { b: 2, a: 1 }],
  ['a missing and an undefined field', { a: 1 }, { a: 1, b: undefined }],
  ['zero and minus zero', [0], [-0]],
  ['an object without a prototype', { a: 1 }, Object.assign(Object.create(null), { a: 1 })],
  [
    'the order of a Map',
    new Map([
      [1, 1],
      [2, 2],
    ]),
    new Map([
      [2, 2],
      [1, 1],
    ]),
  ], // prettier
  ['the order of a Set', new Set([1, 2]), new Set([2, 1])],
  ['a Map and a Set of pairs', new Map([[1, 1]]), new Set([[1, 1]])],
  ['dates', new Date(1), new Date(2)],
  ['a date and its number', new Date(1), 1],
  ['a number and its text', 1, '1'],
  ['a bigint and a number', 1n, 1],
  ['null and its text', null, 'null'],
  ['undefined and its text', undefined, 'undefined'],
  ['NaN and its text', Number.NaN, 'NaN'],
  ['undefined and null in a list', [undefined], [null]],
  ['lists of another order', [1, 2], [2, 1]],
  ['a list and an object', ['a'], { 0: 'a' }],
  ['where a list ends', [[1], 2], [[1, 2]]],
  ['what a comma in a text could feign', ['a', 'b'], ['a","b']],
  ['what a text could feign', 'Date(1)', new Date(1)],
])('different texts: %s', (_what, one, other) => {
  expect(exactText(one, 'it')).not.toBe(exactText(other, 'it'));
});

test('values that only === distinguishes have equal texts', () => {
  const part = { a: 1 };
  expect(exactText([part, part], 'it')).toBe(exactText([{ a: 1 }, { a: 1 }], 'it'));
  expect(exactText(Number.NaN, 'it')).toBe(exactText(-Number.NaN, 'it'));
});

describe('refused values, with their place', () => {
  class Own {}
  const holed: number[] = [];
  holed[1] = 1;
  test.each<[string, unknown]>([
    ['a Own', new Own()],
    ['a RegExp', /x/],
    ['a Uint8Array', new Uint8Array(1)],
    ['a Error', new Error('x')],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['the key Symbol(s)', { [Symbol('s')]: 1 }],
    [
      'the accessor a',
      {
        get a() {
          return 1;
        },
      },
    ],
    ['the property a, which is not enumerable', Object.defineProperty({}, 'a', { value: 1 })],
    ['an array with holes', holed],
    ['an array with the property a', Object.assign([1], { a: 1 })],
    // As many properties as an array without holes has.
    ['an array with the property a', Object.assign(holed.slice(), { a: 1 })],
    ['a Map with properties', Object.assign(new Map(), { a: 1 })],
    ['a Set with properties', Object.assign(new Set(), { a: 1 })],
    ['a Date with properties', Object.assign(new Date(1), { a: 1 })],
  ])('%s', (name, value) => {
    const refused = () => exactText({ list: [0, { deep: value }] }, 'the thing');
    expect(refused).toThrow(UserError);
    expect(refused).toThrow(`RW104: the thing.list[1].deep holds ${name}; use plain values`);
  });

  test('inside a Map and a Set', () => {
    const refused = (value: unknown) => () => exactText(value, 'it');
    expect(refused(new Map([['a', () => 1]]))).toThrow('it.get("a") holds a function');
    expect(refused(new Map([[() => 1, 'a']]))).toThrow('it.keys[0] holds a function');
    expect(refused(new Set([1, () => 1]))).toThrow('it[1] holds a function');
  });

  test('a value that contains itself', () => {
    const loop: { inner: { list: unknown[] } } = { inner: { list: [] } };
    loop.inner.list.push(loop.inner);
    expect(() => exactText(loop, 'it')).toThrow(
      /^RW123: it\.inner\.list\[0\] holds an object that it is part of; use names/,
    );
    const map = new Map<string, unknown>();
    map.set('self', map);
    expect(() => exactText(map, 'it')).toThrow(/^RW123: it\.get\("self"\) holds an object/);
  });

  test.each([501, 20_000])('%i levels', (levels) => {
    let deep: unknown = 1;
    for (let i = 0; i < levels; i++) deep = i % 2 === 0 ? { deep } : [deep];
    const refused = () => exactText(deep, 'it');
    expect(refused).toThrow(
      /^RW123: it[^\n]{1,200} is nested deeper than 500 levels; use an array/,
    );
  });

  test('accepts 500 levels', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 500; i++) deep = { deep };
    expect(exactText(deep, 'it')).toMatch(/^\{"deep":\{.*\}$/);
  });
});

describe('frozen values', () => {
  test('cannot be changed at any depth; a copy can', () => {
    const date = new Date(5);
    const value = deepFreeze({
      list: [{ n: 2 }, { n: 1 }],
      map: new Map([['a', { set: new Set([1]) }]]),
      date,
    });
    const changes: (() => unknown)[] = [
      () => value.list.push({ n: 2 }),
      () => Object.assign(value.list[0]!, { n: 2 }),
      () => value.list.sort(),
      () => Reflect.apply(value.map.set, value.map, ['b', 1]),
      () => value.map.clear(),
      () => value.map.delete('a'),
      () => value.map.get('a')!.set.add(2),
      () => value.map.get('a')!.set.clear(),
      () => value.date.setTime(6),
      () => value.date.setUTCFullYear(1999),
    ];
    for (const change of changes) expect(change).toThrow(TypeError);
    expect(value.date.getTime()).toBe(5);
    const copies = structuredClone(value);
    copies.list.push({ n: 2 });
    copies.map.get('a')!.set.add(2);
    new Map(value.map).set('b', { set: new Set() });
    new Date(value.date).setTime(6);
    expect(value.map.size).toBe(1);
  });

  test('may contain themselves, or be deep', () => {
    let deep: unknown = {};
    for (let i = 0; i < 20_000; i++) deep = [deep];
    const loop: unknown[] = [deep];
    loop.push(loop);
    expect(Object.isFrozen(deepFreeze(loop))).toBe(true);
  });
});
