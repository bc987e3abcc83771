import { expect, test } from 'vitest';
import { pictureOf } from '../../src/explorer/picture.js';
import { Walk } from '../../src/explorer/walk.js';
import { check } from '../../src/search/check.js';
import { networkIn } from './designs.js';

const SCOPE = 'records=1,ipmodify=1,bpf=1,tracer=1';

test('has every state once, with a shortest path', async () => {
  const network = await networkIn('linux-6.12', SCOPE);
  const walk = new Walk(network);
  const { dots, depth, numberOf, ways } = pictureOf(walk)!;
  const { exploration, successors } = await check(network, { keepTransitions: true });
  expect([dots.length, depth]).toEqual([exploration.states, exploration.depth]);
  for (const [number, { calls, depth, place }] of dots.entries()) {
    expect(calls).toHaveLength(depth);
    expect(depth).toBe(exploration.visited.path(number).length);
    expect((walk.stepsOf(calls).at(-1)?.after ?? walk.first).state).toEqual(place.state);
    expect(numberOf.get(place.state.join())).toBe(number);
  }
  const pairs = new Set<string>();
  for (let entry = 0; entry < successors!.size; entry++) {
    const [from, to] = [successors!.source(entry), successors!.to(entry)];
    if (from !== to) pairs.add(`${from} ${to}`);
  }
  expect(new Set(ways.map((way) => way.join(' ')))).toEqual(pairs);
});

test('marks a state as broken if it, or a call to it, breaks a rule', async () => {
  const walk = new Walk(await networkIn('linux-6.12', SCOPE));
  const { dots } = pictureOf(walk)!;
  const [first, ...others] = dots;
  expect(first!.broken).toBe(false);
  // `add` comes first and breaks no rule. Then X registers, and the search of the list finds nothing.
  expect(others.filter(({ depth }) => depth === 1).some(({ broken }) => broken)).toBe(false);
  const registered = walk.stepsOf(
    ['add X 1', 'register X records 1'].map((call) =>
      walk.network.stimuli.findIndex(({ description }) => description === call),
    ),
  );
  const dot = dots.find(
    ({ place }) => place.state.join() === registered.at(-1)!.after.state.join(),
  );
  expect(dot).toMatchObject({ depth: 2, broken: true });
});

test('places no two states at one position', async () => {
  const { dots, rows } = pictureOf(new Walk(await networkIn('linux-6.12', SCOPE)))!;
  expect(new Set(dots.map(({ depth, row }) => `${depth} ${row}`)).size).toBe(dots.length);
  expect(Math.max(...dots.map(({ row }) => row))).toBe(rows - 1);
});

test('does not exist above the maximum number of states, and exists at the maximum', async () => {
  const network = await networkIn('linux-6.12', SCOPE);
  const { states } = (await check(network)).exploration;
  const walk = new Walk(network);
  expect(pictureOf(walk, states - 1)).toBeUndefined();
  expect(pictureOf(walk, states)?.dots).toHaveLength(states);
});
