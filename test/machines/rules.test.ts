import { expect, test } from 'vitest';
import { assign } from 'xstate';
import { record } from '../../machines/record.js';
import type { World } from '../../machines/world.js';
import { rules } from '../../src/cli/catalogue.js';
import { check } from '../../src/engine/check.js';
import type { Network } from '../../src/model/network.js';
import { counts } from './golden.js';
import { network } from './networks.js';

/** linux-6.12 with one thing wrong in it: for rules that no design breaks. */
const twins: Readonly<Record<string, (n: Network<World>) => Network<World>>> = {
  'count-is-exact': (n) =>
    replaced(n, record, record.provide({ actions: { 'count down': assign({ count: 0 }) } })),
};

function replaced<M>(n: Network<World>, machine: M, twin: M): Network<World> {
  const components = n.components.map((c) =>
    c.machine === machine ? { ...c, machine: twin as typeof c.machine } : c,
  );
  return { ...n, components };
}

const all = await rules();

test('every rule is broken by a design, or by a twin made for it', async () => {
  const broken = new Set(
    Object.values(counts).flatMap((scopes) =>
      Object.values(scopes).flatMap(({ broken }) => Object.keys(broken)),
    ),
  );
  expect(all.map((rule) => rule.id).filter((id) => !broken.has(id))).toEqual(
    Object.keys(twins).sort(),
  );
});

test.each(Object.entries(twins))('the twin made for %s breaks it', async (id, twin) => {
  const rule = all.find((r) => r.id === id)!;
  const sane = await network('linux-6.12', 'records=1,ipmodify=2,tracer=1', [rule]);
  expect((await check(sane)).rules[0]!.verdict).toBe('holds');
  expect((await check(twin(sane))).rules[0]!.verdict).toBe('broken');
});

const [DIRECT, IPMODIFY, BOTH] = [
  'a direct ops alone on a record',
  'an IPMODIFY ops alone on a record',
  'a direct ops and an IPMODIFY ops on one record',
];

test.each([
  ['small', []],
  ['tracer=1', [DIRECT, IPMODIFY, BOTH]],
  ['ipmodify=2', [DIRECT, BOTH]],
  ['willing=1,bpf=1', [IPMODIFY, BOTH]],
  // Nobody can agree: that both are kept apart is as it should be.
  ['ipmodify=1,absent=1,refusing=1', [BOTH]],
  ['ipmodify=1,willing=1,inuse=1', [BOTH]],
  ['ipmodify=1,bpf=1,inuse=2', []],
  ['ipmodify=1,moving=1', []],
])('scope %s has no ops for the goals %j', async (scope, goals) => {
  const which = all.filter(({ id }) => id === 'combinations-are-possible');
  for (const design of ['proposal', 'linux-6.12']) {
    const [judged] = (await check(await network(design, scope, which))).rules;
    const { verdict, missed, outOfScope = [] } = judged!;
    expect({ verdict, missed, outOfScope }).toEqual({
      verdict: goals.length === 3 ? 'out of scope' : 'holds',
      missed: undefined,
      outOfScope: goals,
    });
  }
});

test('a rule has one predicate, a sentence and a source, and the name of its file', () => {
  for (const { id, says, source, ...rest } of all) {
    expect(says, id).toMatch(/^[A-Z].*\.$/);
    expect(source.length, id).toBeGreaterThan(10);
    expect(Object.keys(rest).filter((key) => key !== 'unseen' && key !== 'each').length, id).toBe(
      1,
    );
  }
});
