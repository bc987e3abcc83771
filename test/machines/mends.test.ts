import { describe, expect, test } from 'vitest';
import { networkOf, turned } from '../../machines/design.js';
import { changes } from '../../machines/mend.js';
import { parseScope } from '../../machines/scopes.js';
import { designNamed, designs, mends, rules } from '../../src/cli/catalogue.js';
import { check } from '../../src/search/check.js';

const all = await mends();

async function brokenWith(design: string, names: readonly string[]): Promise<string[]> {
  const changed = all.filter((m) => names.includes(m.name)).map((m) => m.change);
  expect(changed).toHaveLength(names.length);
  const { exploration, ...done } = await check(
    networkOf(turned(await designNamed(design), ...changed), parseScope('default'), await rules()),
  );
  expect(exploration.complete).toBe(true);
  return [
    ...done.rules.filter((r) => r.verdict === 'broken').map((r) => r.rule.id),
    ...done.findings.map((f) => f.description),
  ];
}

test('every change is one for some design, and says what it is', async () => {
  const known = await designs();
  for (const mend of all) {
    expect(
      known.some((d) => changes(mend, d.switches)),
      mend.name,
    ).toBe(true);
    for (const text of [mend.description, mend.against])
      expect(text, mend.name).toMatch(/^[A-Z].*\.$/);
  }
});

/** What the search over all sets finds; the search itself takes minutes. */
const SMALLEST: readonly (readonly [design: string, set: readonly string[]])[] = [
  [
    'linux-6.12',
    ['asks-on-the-record', 'consent-per-record', 'failure-tells', 'register-tells', 'shrink-tells'],
  ],
  [
    'linux-6.12',
    ['asks-on-the-record', 'failure-tells', 'register-tells', 'shrink-tells', 'tells-last-only'],
  ],
  [
    'linux-6.12',
    [
      ...['failure-tells', 'growth-asks', 'looks-before-asking', 'register-tells', 'shrink-tells'],
      'tells-last-only',
    ],
  ],
  [
    'proposal',
    [
      ...['direct-asks', 'failure-tells', 'modify-asks', 'register-tells', 'shrink-tells'],
      ...['tells-last-only', 'unregister-tells'],
    ],
  ],
];

describe.each(SMALLEST)('%s with %j', (design, set) => {
  test('breaks nothing', { timeout: 600_000 }, async () => {
    expect(await brokenWith(design, set)).toEqual([]);
  });

  test.each(set)('breaks something without %s', { timeout: 600_000 }, async (change) => {
    expect(
      await brokenWith(
        design,
        set.filter((c) => c !== change),
      ),
    ).not.toEqual([]);
  });
});
