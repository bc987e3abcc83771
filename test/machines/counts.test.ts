import { describe, expect, test } from 'vitest';
import { designs } from '../../src/cli/shared/registry.js';
import { countsOf } from './countsOf.js';
import { counted, counts } from './golden.js';
import { network } from './networks.js';

const all = await designs();

test('every design has counts, in the default scope and in that of misuse', () => {
  expect(Object.keys(counts)).toEqual(all.map(({ name }) => name));
  for (const scopes of Object.values(counts))
    expect(Object.keys(scopes)).toEqual(
      expect.arrayContaining(['default', 'tracers', 'misuse', 'notrace', 'sysctl', 'odd']),
    );
});

test.each(all)('$name breaks exactly the rules that it declares', ({ name, breaks }) => {
  expect(Object.keys(counts[name]!.default!.broken)).toEqual(breaks);
});

describe.each(counted(counts))('$design in scope $scope', ({ design, scope }) => {
  test('has these counts, and breaks exactly these rules by stories of these lengths', {
    timeout: 600_000,
  }, async () => {
    const { check: _, ...found } = await countsOf(await network(design, scope));
    expect(found).toEqual({ findings: {}, ...counts[design]![scope]! });
  });
});
