import { describe, expect, test } from 'vitest';
import { networkOf } from '../../machines/design.js';
import { parseScope } from '../../machines/scopes.js';
import { designNamed, designs, fixes, rules } from '../../src/cli/shared/registry.js';
import { flipped, isChange } from '../../src/domain.js';
import { check } from '../../src/search/check.js';

const all = await fixes();

async function brokenWith(
  design: string,
  names: readonly string[],
  scope = 'default',
): Promise<string[]> {
  const changed = all.filter((m) => names.includes(m.name)).map((m) => m.change);
  expect(changed).toHaveLength(names.length);
  const { exploration, ...done } = await check(
    networkOf(flipped(await designNamed(design), ...changed), parseScope(scope), await rules()),
  );
  expect(exploration.complete).toBe(true);
  return [
    ...done.rules.filter((r) => r.verdict === 'broken').map((r) => r.rule.id),
    ...done.findings.map((f) => f.description),
  ];
}

test('every fix changes some design, and has a description', async () => {
  const known = await designs();
  for (const fix of all) {
    expect(
      known.some((d) => isChange(fix, d.features)),
      fix.name,
    ).toBe(true);
    for (const text of [fix.description, fix.drawback])
      expect(text, fix.name).toMatch(/^[A-Z].*\.$/);
  }
});

/** The result of the search over all sets, which itself takes minutes. */
const SMALLEST: readonly (readonly [design: string, set: readonly string[]])[] = [
  [
    'linux-6.12',
    [
      'ask-per-record',
      'consent-per-record',
      'notify-on-failure',
      'notify-on-register',
      'notify-on-shrink',
    ],
  ],
  [
    'linux-6.12',
    [
      'ask-per-record',
      'notify-on-failure',
      'notify-on-register',
      'notify-on-shrink',
      'notify-after-last-only',
    ],
  ],
  [
    'linux-6.12',
    [
      ...[
        'notify-on-failure',
        'ask-on-growth',
        'check-before-asking',
        'notify-on-register',
        'notify-on-shrink',
      ],
      'notify-after-last-only',
    ],
  ],
  [
    'proposal',
    [
      ...[
        'ask-on-direct',
        'notify-on-failure',
        'ask-on-modify',
        'notify-on-register',
        'notify-on-shrink',
      ],
      ...['notify-after-last-only', 'notify-on-unregister'],
    ],
  ],
];

describe.each(SMALLEST)('%s with %j', (design, set) => {
  test('breaks no rule', { timeout: 600_000 }, async () => {
    expect(await brokenWith(design, set)).toEqual([]);
  });

  test.each(set)('breaks a rule without %s', { timeout: 600_000 }, async (change) => {
    expect(
      await brokenWith(
        design,
        set.filter((c) => c !== change),
      ),
    ).not.toEqual([]);
  });
});

test('two fixes together let calls that overlap end like calls one after the other', async () => {
  const broken = async (...names: string[]) =>
    (await brokenWith('linux-6.12', names, 'callers')).includes('serializable');
  expect(await broken('keep-direct-mutex', 'wait-for-owners')).toBe(false);
  expect(await broken('keep-direct-mutex', 'notify-after-last-only')).toBe(true);
  expect(await broken('wait-for-owners', 'notify-after-last-only')).toBe(true);
});
