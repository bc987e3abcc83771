import { describe, expect, test } from 'vitest';
import { designs } from '../../src/cli/shared/registry.js';
import { check } from '../../src/search/check.js';
import { isExhaustive } from '../effort.js';
import { counts } from './golden.js';
import { network } from './networks.js';

const all = await designs();

test('every design is counted, in the default scope and where callers are careless, too', () => {
  expect(Object.keys(counts)).toEqual(all.map(({ name }) => name));
  for (const scopes of Object.values(counts))
    expect(Object.keys(scopes)).toEqual(
      expect.arrayContaining(['default', 'tracers', 'misuse', 'notrace', 'sysctl', 'odd']),
    );
});

test.each(all)('$name breaks what it declares', ({ name, breaks }) => {
  expect(Object.keys(counts[name]!.default!.broken)).toEqual(breaks);
});

/** Transitions that are searched in a second; a tenth of all are in scopes that have no more. */
const FEW = 20_000;

describe.each(
  Object.entries(counts).flatMap(([design, scopes]) =>
    Object.entries(scopes)
      .filter(([, { transitions }]) => isExhaustive || transitions <= FEW)
      .map(([scope]) => ({ design, scope })),
  ),
)('$design in scope $scope', ({ design, scope }) => {
  test('counts, and exactly these rules broken by stories of these lengths', {
    timeout: 600_000,
  }, async () => {
    const { exploration, rules, findings } = await check(await network(design, scope));
    const { states, transitions, depth, complete } = exploration;
    const broken = rules.filter((r) => r.verdict === 'broken');
    expect(complete).toBe(true);
    expect({
      states,
      transitions,
      depth,
      broken: Object.fromEntries(broken.map((r) => [r.rule.id, r.path?.length ?? null])),
      findings: Object.fromEntries(
        findings.map((f) => [`${f.kind}: ${f.description}`, f.path.length]),
      ),
    }).toEqual({ findings: {}, ...counts[design]![scope]! });
  });
});
