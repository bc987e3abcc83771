import { describe, expect, test } from 'vitest';
import { type Diff, diff } from '../../src/diff/diff.js';
import type { Network } from '../../src/model/network.js';
import { check } from '../../src/search/check.js';
import type { SearchProgress } from '../../src/search/searchProgress.js';
import dieHardJugs from '../peers/die-hard-jugs.js';
import peterson from '../peers/peterson.js';
import twoPhaseCommit from '../peers/two-phase-commit.js';
import philosophers from '../toys/dining-philosophers.js';
import { toy } from './toy.js';

/** Each difference as text: the calls before it, the call, and both outcomes. */
const rows = ({ differences }: Diff) =>
  differences.map(({ path, description, results }) => ({
    way: path.map((step) => step.description),
    description,
    endings: results.map(({ how, emitted }) =>
      how === 'quiescence' ? emitted.map(({ type }) => type).join() : how,
    ),
  }));

const lamp = toy('lamp', { off: { press: ['on', 'light'] }, on: { press: ['off', 'dark'] } });

describe('the same everywhere', () => {
  test.each([dieHardJugs, philosophers, peterson, twoPhaseCommit] as Network[])(
    '$name and itself, in as many states as a check finds',
    async (network) => {
      const { exploration } = await check({ ...network, rules: [] });
      const { states, transitions, depth, complete, differences } = await diff(network, network);
      expect({ states, transitions, depth }).toEqual({
        states: exploration.states,
        transitions: exploration.transitions,
        depth: exploration.depth,
      });
      expect({ complete, differences }).toEqual({ complete: true, differences: [] });
    },
  );

  test('lamps of other machines: no outcome shows a difference', async () => {
    const twice = toy('twice', {
      off: { press: ['on', 'light'] },
      on: { press: ['off again', 'dark'] },
      'off again': { press: ['on again', 'light'] },
      'on again': { press: ['off', 'dark'] },
    });
    expect(await diff(lamp, twice)).toMatchObject({ states: 4, complete: true, differences: [] });
  });

  test('calls that fail alike on both sides, with no successor', async () => {
    const wrong = (emitted: string) =>
      toy('wrong', {
        a: { go: ['b', emitted, 'nobody hears this!'], talk: ['c', 'talk!'] },
        b: { go: ['b', emitted] },
        c: { talk: ['c', 'talk!'] },
      });
    const done = await diff(wrong('one'), wrong('other'));
    expect(done).toMatchObject({ states: 1, transitions: 2, differences: [] });
  });
});

describe('a difference', () => {
  test('comes after a shortest path to it', async () => {
    const maze = (end: string) =>
      toy('maze', {
        a: { left: ['b'], right: ['c'] },
        b: { left: ['d'] },
        c: { right: ['e'] },
        d: { left: ['e'] },
        e: { look: ['a', end] },
      });
    expect(rows(await diff(maze('sun'), maze('rain')))).toEqual([
      { way: ['right', 'right'], description: 'look', endings: ['sun', 'rain'] },
    ]);
  });

  test('can be in the parts of the outcome, without emitted messages', async () => {
    const seen = (words: readonly string[]) =>
      toy(
        'seen',
        { a: { go: ['b'] }, b: { go: ['a'] } },
        { outcome: (_, { value }) => [value === 'b' ? words[0]! : words[1]!] },
      );
    const { differences } = await diff(seen(['x', 'y']), seen(['x', 'z']));
    expect(differences).toHaveLength(1);
    expect(differences[0]!.results.map(({ parts }) => parts)).toEqual([['y'], ['z']]);
  });

  test('occurs if one side does not enable the call, or does not have it', async () => {
    const stuck = toy('stuck', { off: { press: ['on', 'light'] }, on: {} });
    const smart = toy('smart', {
      off: { press: ['on', 'light'], dim: ['off', 'dim'] },
      on: { press: ['off', 'dark'] },
    });
    expect(rows(await diff(lamp, stuck))).toEqual([
      { way: ['press'], description: 'press', endings: ['dark', 'not offered'] },
    ]);
    expect(rows(await diff(lamp, smart))).toEqual([
      { way: [], description: 'dim', endings: ['not offered', 'dim'] },
    ]);
  });

  test('occurs if the story is over on one side', async () => {
    const over = { ...lamp, isTerminal: ({ value }) => value === 'on' } as typeof lamp;
    expect(rows(await diff(over, lamp))).toEqual([
      { way: ['press'], description: 'press', endings: ['not offered', 'dark'] },
    ]);
    expect(await diff(over, over)).toMatchObject({ states: 2, differences: [] });
  });

  test('occurs if a call fails on one side, whatever it emitted before', async () => {
    const lost = toy('lost', { off: { press: ['on', 'light', 'nobody hears this!'] }, on: {} });
    const endless = toy('endless', { off: { press: ['off', 'light', 'press!'] } });
    expect(rows(await diff(lamp, lost))[0]!.endings).toEqual(['light', 'unhandled']);
    expect(rows(await diff(lost, endless))[0]!.endings).toEqual(['unhandled', 'livelock']);
    // Even calls of one name differ.
    const unhandled = { ...lamp, outcome: () => ['unhandled'] };
    expect(await diff(unhandled, lost)).toMatchObject({ differences: [{ path: [] }] });
  });

  test('ends the search along its call', async () => {
    const first = (emitted: string, later: string) =>
      toy('first', { a: { go: ['b', emitted] }, b: { come: ['a', later] } });
    expect(rows(await diff(first('x', 'one'), first('y', 'other')))).toEqual([
      { way: [], description: 'go', endings: ['x', 'y'] },
    ]);
    // If they agree on the first call, the second one differs.
    expect(rows(await diff(first('x', 'one'), first('x', 'other')))).toEqual([
      { way: ['go'], description: 'come', endings: ['one', 'other'] },
    ]);
  });
});

describe('divergence classes', () => {
  const counter = (emitted: (n: number) => string) =>
    toy('counter', {
      0: { up: ['1', emitted(0)] },
      1: { up: ['2', emitted(1)], down: ['0', emitted(2)] },
      2: { up: ['2', emitted(3)], down: ['1', emitted(4)] },
    });
  const [even, odd] = [counter((n) => (n < 2 ? 'ok' : 'a')), counter((n) => (n < 2 ? 'ok' : 'b'))];

  test('are listed once each, the shortest first, with their counts', async () => {
    const { differences } = await diff(even, odd);
    expect(
      differences.map(({ divergenceClass, count, path }) => [divergenceClass, count, path.length]),
    ).toEqual([
      ['down: a / b', 2, 1],
      ['up: a / b', 1, 2],
    ]);
  });

  test('are named by the kind of the call and the emitted messages, or by the failure', async () => {
    const chatty = toy('chatty', { off: { press: ['off', 'light', 'heat'] } });
    const lost = toy('lost', { off: { press: ['off', 'light', 'nobody hears this!'] } });
    const mute = toy('mute', { off: { press: ['off'] } });
    const name = async (a: Network, b: Network) =>
      (await diff(a, b)).differences[0]!.divergenceClass;
    expect(await name(chatty as Network, lost as Network)).toBe('press: light, heat / unhandled');
    expect(await name(mute as Network, chatty as Network)).toBe(
      'press: nothing emitted / light, heat',
    );
  });

  test('are defined by classOf', async () => {
    const { differences } = await diff(even, odd, { classOf: () => 'any' });
    expect(differences.map(({ divergenceClass, count }) => [divergenceClass, count])).toEqual([
      ['any', 3],
    ]);
  });
});

describe('open choices', () => {
  /** On `ask` it emits one of two messages; undefined: this side has no such choice. */
  const choice = (left: string, right?: string) =>
    toy('asked', {
      a: {
        'ask left': ['b', left],
        ...(right === undefined ? {} : { 'ask right': ['c', right] }),
      },
      b: { go: ['a', 'same'] },
      c: { go: ['a', 'same'] },
    });

  test('are the same on both sides if both have them', async () => {
    expect(await diff(choice('l', 'r'), choice('l', 'r'))).toMatchObject({ differences: [] });
    expect(rows(await diff(choice('l', 'r'), choice('r', 'l')))).toEqual([
      { way: [], description: 'ask left', endings: ['l', 'r'] },
      { way: [], description: 'ask right', endings: ['r', 'l'] },
    ]);
  });

  test('are paired with every transition of the other side if only one side has them', async () => {
    expect(await diff(choice('x', 'x'), choice('x'))).toMatchObject({
      transitions: 4,
      differences: [],
    });
    expect(rows(await diff(choice('x', 'y'), choice('x')))).toEqual([
      { way: [], description: 'ask right', endings: ['y', 'x'] },
    ]);
    expect(rows(await diff(choice('x'), choice('x', 'y')))).toEqual([
      { way: [], description: 'ask right', endings: ['x', 'y'] },
    ]);
  });

  test('appear in the path, even if only one side has them', async () => {
    const late = (right: string | undefined, end: string) =>
      toy('late', {
        a: {
          'ask left': ['a', 'x'],
          ...(right === undefined ? {} : { 'ask right': [right, 'x'] }),
        },
        b: { 'ask left': ['b', end] },
      });
    const expected = ['x', 'y'];
    const there = await diff(late('b', 'y'), late(undefined, 'y'));
    expect(rows(there)).toEqual([
      { way: ['ask right'], description: 'ask left', endings: expected.toReversed() },
    ]);
    const back = await diff(late(undefined, 'y'), late('b', 'y'));
    expect(rows(back)).toEqual([
      { way: ['ask right'], description: 'ask left', endings: expected },
    ]);
  });

  test('are paired with every alternative of the other side if the sides have different ones', async () => {
    const one = toy('one', { a: { 'ask north': ['a', 'x'], 'ask south': ['a', 'y'] } });
    const other = toy('other', { a: { 'ask east': ['a', 'x'] } });
    expect(rows(await diff(one, other))).toEqual([
      { way: [], description: 'ask south / ask east', endings: ['y', 'x'] },
    ]);
  });
});

describe('a stopped comparison claims no sameness', () => {
  const jugs = dieHardJugs as Network;

  test('stopped by the number of pairs', async () => {
    const { states } = await diff(jugs, jugs);
    expect(await diff(jugs, jugs, { maxStates: states })).toMatchObject({ complete: true });
    expect(await diff(jugs, jugs, { maxStates: states - 1 })).toMatchObject({
      states: states - 1,
      complete: false,
      stopped: 'states',
      differences: [],
    });
  });

  test('stopped by memory', async () => {
    expect(await diff(jugs, jugs, { memory: 1000 })).toMatchObject({
      complete: false,
      stopped: 'memory',
    });
  });

  test('stopped by the signal, after the last progress', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const digits = [...Array(10).keys()].map((n) => [n, { turn: [`${(n + 1) % 10}`] as const }]);
    const wheel = toy('wheel', Object.fromEntries(digits));
    const wheels: Network = {
      ...(wheel as Network),
      components: names.map((name) => ({ ...wheel.components[0]!, name })),
      stimuli: names.map((to) => ({ to, message: { type: 'turn' }, description: to })),
      world: () => undefined,
    };
    const controller = new AbortController();
    let last: SearchProgress | undefined;
    const progress = (covered: SearchProgress) => {
      last = covered;
      controller.abort();
    };
    const done = await diff(wheels, wheels, { signal: controller.signal, progress });
    expect(done).toMatchObject({ complete: false, stopped: 'interrupted', differences: [] });
    expect(done).toMatchObject(last!);
    // Five calls per pair: the end of the first pair after 65,536 calls.
    expect(done.transitions).toBe(65_540);
    expect(done.states - done.queue).toBe(65_540 / 5);
  }, 600_000);

  test('keeps a difference found before the stop', async () => {
    const dark = toy('dark', {
      off: { press: ['on', 'light'], look: ['off', 'dark'] },
      on: { press: ['off', 'dark'] },
    });
    const lit = toy('lit', {
      off: { look: ['off', 'light'], press: ['on', 'light'] },
      on: { press: ['off', 'dark'] },
    });
    const done = await diff(lit, dark, { maxStates: 1 });
    expect(done).toMatchObject({ complete: false, stopped: 'states' });
    expect(rows(done)).toEqual([{ way: [], description: 'look', endings: ['light', 'dark'] }]);
  });
});
