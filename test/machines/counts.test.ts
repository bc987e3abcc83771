import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { designs } from '../../src/cli/catalogue.js';
import { check } from '../../src/engine/check.js';
import { network } from './networks.js';

interface Counted {
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** Rules that break, with the calls of the shortest story; null where there is none to tell. */
  readonly broken: Readonly<Record<string, number | null>>;
  /** What is wrong without any rule, with the calls of a shortest way to it. */
  readonly findings?: Readonly<Record<string, number>>;
}

/** A changed number wants a sentence in the commit that changes it: why it is right. */
const counts: Record<string, Record<string, Counted>> = JSON.parse(
  readFileSync(new URL('../counts.json', import.meta.url), 'utf8'),
);

const all = await designs();

test('every design is counted in every scope it declares breaks for', () => {
  const declared = all.map(({ name, breaks }) => [name, Object.keys(breaks)]);
  expect(Object.entries(counts).map(([name, scopes]) => [name, Object.keys(scopes)])).toEqual(
    declared,
  );
});

describe.each(
  all.flatMap((design) => Object.keys(design.breaks).map((scope) => ({ design, scope }))),
)('$design.name in scope $scope', ({ design, scope }) => {
  test('counts, stories, and broken rules exactly as declared', { timeout: 240_000 }, async () => {
    const { exploration, rules, findings } = await check(await network(design.name, scope));
    const { states, transitions, depth, complete } = exploration;
    const broken = rules.filter((r) => r.verdict === 'broken');
    expect(complete).toBe(true);
    expect({
      states,
      transitions,
      depth,
      broken: Object.fromEntries(broken.map((r) => [r.rule.id, r.path?.length ?? null])),
      findings: Object.fromEntries(findings.map((f) => [`${f.kind}: ${f.says}`, f.path.length])),
    }).toEqual({ findings: {}, ...counts[design.name]![scope]! });
    expect(broken.map((r) => r.rule.id)).toEqual(design.breaks[scope]);
  });
});
