import { expect, test } from 'vitest';
import { assign } from 'xstate';
import { record } from '../../machines/record.js';
import type { World } from '../../machines/world.js';
import { rules } from '../../src/cli/shared/registry.js';
import { Walk } from '../../src/explorer/walk.js';
import type { Network } from '../../src/model/network.js';
import { check } from '../../src/search/check.js';
import { counts } from './golden.js';
import { network } from './networks.js';

/** linux-6.12 with one defect, for rules that no design breaks. */
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

test('every rule is broken by a design, or by a broken twin', async () => {
  const broken = new Set(
    Object.values(counts).flatMap((scopes) =>
      Object.values(scopes).flatMap(({ broken }) => Object.keys(broken)),
    ),
  );
  expect(all.map((rule) => rule.id).filter((id) => !broken.has(id))).toEqual(
    Object.keys(twins).sort(),
  );
});

test.each(Object.entries(twins))('the broken twin of %s breaks it', async (id, twin) => {
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
  // No owner can agree, so it is correct that both exclude each other.
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

test('a rule has one predicate, a description and a source, and the name of its file', () => {
  for (const { id, description, source, ...rest } of all) {
    expect(description, id).toMatch(/^[A-Z].*\.$/);
    expect(source.length, id).toBeGreaterThan(10);
    expect(
      Object.keys(rest).filter((key) => key !== 'unobservable' && key !== 'each').length,
      id,
    ).toBe(1);
  }
});

/** Parses a line of calls. */
const calls = (line: string) => line.split('; ');

/** The calls of a story by which these rules break. */
async function breaksIn(design: string, scope: string, story: string, rule: string) {
  const walk = new Walk(
    await network(
      design,
      scope,
      all.filter(({ id }) => id === rule),
    ),
  );
  const description = walk.network.stimuli.map((stimulus) => stimulus.description);
  const steps = walk.stepsOf(calls(story).map((call) => description.indexOf(call)));
  expect(steps.map(({ call }) => call)).toEqual(calls(story));
  return steps.flatMap(({ call, broken }) => (broken.includes(rule) ? [call] : []));
}

const W12 = 'add W 1; add W 2; register W records 1,2';
const X1 = 'add X 1; register X records 1';
const PAIRS = 'records=2,ipmodify=2,willing=1';
const TABLE = 'records=2,ipmodify=1,bpf=1,misuse=1';

test.each([
  // Two records, two ENABLEs, two DISABLEs: a command names no record before 7.0.
  [PAIRS, `${W12}; add X 1; add X 2; register X records 1,2; unregister X records 1,2`, []],
  [PAIRS, `${W12}; ${X1}; add Y 2; register Y records 2; unregister X records 1`, []],
  // The owner takes its own ops off, and needs no command for that.
  [PAIRS, `${W12}; ${X1}; unregister W records 1,2; unregister X records 1`, []],
  [PAIRS, `${X1}; ${W12}; modify W; unregister X records 1`, []],
  [PAIRS, `${W12}; ${X1}; add X 2; remove X 1`, ['add X 2', 'remove X 1']],
  // The owner agrees about 2, and is not sent DISABLE when the call fails on 1.
  [PAIRS, `${X1}; ${W12}; add Y 1; add Y 2; register Y records 2,1`, ['register Y records 2,1']],
  ['misuse', `${W12}; add X 1; unregister X records 1`, ['unregister X records 1']],
  ['misuse', `${W12}; ${X1}; register X records 1`, ['register X records 1']],
  ['odd', `add P 1; register P records 1; ${X1}`, ['register X records 1']],
])('enable-and-disable-pair, scope %s: %s', async (scope, story, broken) => {
  expect(await breaksIn('linux-6.12', scope, story, 'enable-and-disable-pair')).toEqual(broken);
});

test('enable-and-disable-pair judges each record separately if commands name it', async () => {
  const story = `${W12}; add X 1; register X records 1; add X 2; unregister X records 1,2`;
  expect(await breaksIn('linux-7.0', PAIRS, story, 'enable-and-disable-pair')).toEqual(['add X 2']);
});

test.each([
  ['linux-6.12', 'misuse', `${W12}; modify W; unregister W records 1,2`, []],
  ['linux-6.12', 'misuse', `${W12}; unregister W other`, ['unregister W other']],
  ['linux-6.12', 'notrace', `${W12}; notrace W 1; notrace W none; unregister W records 1,2`, []],
  [
    'linux-6.12',
    'sysctl',
    `${W12}; ftrace_enabled 0; unregister W records 1,2; ftrace_enabled 1`,
    [],
  ],
  ['linux-7.0', TABLE, 'direct add B 1,2; direct mod B 2; direct del B 1; direct del B 2', []],
  // The kernel does not look whether the ops has the function.
  ['linux-7.0', TABLE, 'direct add B 1; direct mod B 2', ['direct mod B 2']],
  // ftrace dies, and the call returns 0.
  [
    'linux-6.12',
    'edits',
    `${X1}; add W 1; register W records 1; add W2 2; register W2 records 2; add W2 1`,
    ['add W2 1'],
  ],
])('zero-means-done, %s in scope %s: %s', async (design, scope, story, broken) => {
  expect(await breaksIn(design, scope, story, 'zero-means-done')).toEqual(broken);
});

test('returns-zero-or-errno: modify returns the answer of an owner, register does not', async () => {
  const story = `${X1}; add P 1; register P records 1; modify P`;
  expect(await breaksIn('linux-6.12', 'odd', story, 'returns-zero-or-errno')).toEqual(['modify P']);
});

const OWNERS = 'records=2,ipmodify=2,willing=1,refusing=1,bpf=1,absent=1,tracer=1';
const on = (ops: string, record: number) =>
  `add ${ops} ${record}; register ${ops} records ${record}`;

test.each([
  // Refused in either order, or accepted in either.
  ['linux-6.12', OWNERS, `${on('X', 1)}; ${on('A', 1)}; ${on('R', 1)}; ${on('Y', 1)}`, []],
  ['linux-6.12', OWNERS, `${on('A', 1)}; ${on('X', 1)}; ${on('R', 2)}; ${on('Y', 2)}`, []],
  ['linux-6.12', OWNERS, `${on('X', 1)}; ${on('B', 1)}; register B records 1; ${on('W', 1)}`, []],
  ['linux-6.12', OWNERS, `${on('W', 1)}; ${on('X', 1)}; ${on('T', 1)}; ${on('B', 1)}`, []],
  ['exclusive', OWNERS, `${on('W', 1)}; ${on('X', 1)}`, []],
  ['exclusive', OWNERS, `${on('X', 1)}; ${on('W', 1)}`, []],
  // Only the third order is accepted: X is live, and grows to A as well.
  ['linux-6.12', OWNERS, `${on('X', 1)}; ${on('A', 2)}; add X 2`, ['add X 2']],
  ['proposal', OWNERS, `${on('X', 1)}; ${on('A', 1)}`, ['register A records 1']],
  // Refused because of an ops that has left.
  [
    'linux-6.1',
    OWNERS,
    `${on('X', 1)}; ${on('A', 1)}; unregister X records 1; register A records 1`,
    ['register A records 1'],
  ],
  [
    'linux-6.12',
    'misuse',
    `${W12}; unregister W other; register W records 1,2`,
    ['register W records 1,2'],
  ],
  // For a function that the ops excludes: refused although it does not attach there, accepted when it does.
  [
    'linux-6.12',
    'records=1,ipmodify=1,refusing=1,notrace=1',
    `${on('X', 1)}; add R 1; notrace R 1; register R records 1`,
    ['register R records 1'],
  ],
  [
    'linux-6.12',
    'records=1,ipmodify=1,refusing=1,notrace=1',
    `add R 1; notrace R 1; register R records 1; ${on('X', 1)}; notrace R none`,
    ['notrace R none'],
  ],
])('order-does-not-matter, %s in scope %s: %s', async (design, scope, story, broken) => {
  expect(await breaksIn(design, scope, story, 'order-does-not-matter')).toEqual(broken);
});
