import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical } from '../../src/engine/canonical.js';
import { Fault } from '../../src/model/fault.js';

const json = fc.jsonValue({ depthSize: 'medium' });

/** The same value, every object's keys in the opposite order. */
function turned(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(turned);
  const entries = Object.entries(value).reverse();
  // defineProperty, because `__proto__` is a key like any other in JSON
  return entries.reduce(
    (object, [key, v]) =>
      Object.defineProperty(object, key, { value: turned(v), enumerable: true, writable: true }),
    {},
  );
}

test('equal things have equal text, whatever the order of their keys', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonical(turned(value), 'v')).toBe(canonical(value, 'v'));
    }),
  );
});

test('different things have different text: the text is JSON that gives the thing back', () => {
  fc.assert(
    fc.property(json, (value) => {
      const back = JSON.parse(canonical(value, 'v'));
      expect(JSON.stringify(turned(turned(back)))).toBe(JSON.stringify(JSON.parse(inOrder(value))));
    }),
  );

  function inOrder(value: unknown): string {
    return JSON.stringify(value, (_k, v) =>
      typeof v === 'object' && v !== null && !Array.isArray(v)
        ? Object.keys(v)
            .sort()
            .reduce((o, k) => Object.defineProperty(o, k, { value: v[k], enumerable: true }), {})
        : v,
    );
  }
});

test.each([
  ['a missing and an undefined field', { a: 1 }, { a: 1, b: undefined }],
  ['zero and minus zero', 0, -0],
  ['an object without a prototype', { a: 1 }, Object.assign(Object.create(null), { a: 1 })],
])('alike: %s', (_what, one, other) => {
  expect(canonical(one, 'it')).toBe(canonical(other, 'it'));
});

test.each([
  ['a number and its text', 1, '1'],
  ['null and its text', null, 'null'],
  ['undefined and its text', undefined, 'undefined'],
  ['undefined and null in a list', [undefined], [null]],
  ['lists of another order', [1, 2], [2, 1]],
  ['a list and an object', ['a'], { 0: 'a' }],
  ['where a list ends', [[1], 2], [[1, 2]]],
  ['what a comma in a text could feign', ['a', 'b'], ['a","b']],
])('unlike: %s', (_what, one, other) => {
  expect(canonical(one, 'it')).not.toBe(canonical(other, 'it'));
});

describe('refused, with the place', () => {
  class Own {}
  test.each([
    ['Map', new Map()],
    ['Set', new Set()],
    ['Date', new Date(0)],
    ['Own', new Own()],
    ['function', () => 1],
    ['symbol', Symbol('s')],
    ['bigint', 1n],
    ['NaN', Number.NaN],
    ['Infinity', Number.POSITIVE_INFINITY],
  ])('%s', (name, value) => {
    const refused = () => canonical({ list: [0, { deep: value }] }, 'the thing');
    expect(refused).toThrow(Fault);
    expect(refused).toThrow(`RW104: the thing.list[1].deep holds a ${name}; use plain JSON values`);
  });
});
