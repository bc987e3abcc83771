import { expect, test } from 'vitest';
import { divergenceClassIn } from '../../machines/divergenceClass.js';
import { parseScope } from '../../machines/scopes.js';
import type { Json } from '../../src/model/network.js';

const sort = divergenceClassIn(parseScope('small'));
const call = {
  to: 'W',
  message: { type: 'register', order: [1] },
  description: 'register W records 1',
};

const record = { record: 1, state: 'direct', count: 1, R: true, I: false, D: true, ran: ['W.a'] };
const ending = (report: { readonly [field: string]: Json } = {}) => ({
  how: 'quiescence',
  report: { errno: 0, callbacks: [], warned: false, dead: false, records: [record], ...report },
});
const callback = (ops: string, command: string, answer: number) => ({ ops, command, answer });

test('a class has no names: it has the kind of the ops, the return value and the callbacks', () => {
  const other = ending({ errno: -16, callbacks: [callback('W', 'SELF', -16)] });
  expect(sort(call, [ending(), other])).toBe('register direct: 0 / -EBUSY, SELF -EBUSY');
  const named = { ...call, to: 'X' };
  expect(sort(named, [other, ending()])).toBe('register ipmodify: -EBUSY, SELF -EBUSY / 0');
});

test('the number of equal callbacks makes no other class', () => {
  const [once, twice] = [1, 2].map((n) =>
    ending({ callbacks: Array(n).fill(callback('W', 'SELF', 0)) }),
  );
  expect(sort(call, [once!, ending()])).toBe(sort(call, [twice!, ending()]));
  expect(sort(call, [once!, twice!])).toBe(
    'register direct: 0, SELF 0, unlike in the owners asked',
  );
});

test('WARN and DEAD are part of the class', () => {
  const dead = ending({ warned: true, dead: true });
  expect(sort(call, [dead, ending()])).toBe('register direct: 0, WARN, DEAD / 0');
});

test('if these are equal, the class lists the record fields that differ, once each', () => {
  const records = [1, 2].map((n) => ({ ...record, record: n }));
  const others = records.map((r) => ({ ...r, state: 'direct+ipmodify', I: true, ran: [] }));
  expect(sort(call, [ending({ records }), ending({ records: others })])).toBe(
    'register direct: 0, unlike in I, ran',
  );
});

test('a disabled call has nothing else', () => {
  expect(sort(call, [{ how: 'not offered' }, ending()])).toBe('register direct: not offered / 0');
});
