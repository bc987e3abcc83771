import fc from 'fast-check';
import { expect, test } from 'vitest';
import { idsOf } from '../../src/export/ids.js';

test('are identifiers close to the names', () => {
  expect([...idsOf(['free', 'direct+ipmodify', 'taken?', '1st', '+'])]).toEqual([
    ['free', 'free'],
    ['direct+ipmodify', 'direct_ipmodify'],
    ['taken?', 'taken'],
    ['1st', '_1st'],
    ['+', '_'],
  ]);
});

test('are unique', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', '2', '_', ' ', '?') })),
      (names) => {
        const ids = [...idsOf(names).values()];
        expect(new Set(ids).size).toBe(names.length);
        for (const id of ids) expect(id).toMatch(/^[a-z_]\w*$/i);
      },
    ),
  );
});
