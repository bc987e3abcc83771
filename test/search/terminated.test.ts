import { describe, expect, test } from 'vitest';
import { emit, setup } from 'xstate';
import type { Network, Rule } from '../../src/model/network.js';
import { check } from '../../src/search/check.js';

/** Goes once; its last state is final or not. */
const runner = (isFinal: boolean) =>
  setup({ actions: { tell: emit({ type: 'gone', to: 'judge' }) } }).createMachine({
    id: 'runner',
    initial: 'ready',
    states: {
      ready: { on: { go: { target: 'there', actions: 'tell' } } },
      there: isFinal ? { type: 'final' } : {},
    },
  });
/** Receives messages of runners; never done. */
const monitor = setup({}).createMachine({ on: { gone: {} } });

const race = (
  finals: readonly boolean[],
  more: Partial<Network<{ first(): unknown }>> = {},
): Network<{ first(): unknown }> => ({
  name: 'race',
  description: 'some runners, and a judge to whom nobody but they speak',
  components: [
    ...finals.map((isFinal, i) => ({ name: `r${i}`, machine: runner(isFinal) })),
    { name: 'judge', machine: monitor },
  ],
  stimuli: finals.map((_, i) => ({ to: `r${i}`, message: { type: 'go' }, description: `go ${i}` })),
  world: (look) => ({ first: look('r0', ({ value }) => value) }),
  ...more,
});

const found = async (network: Network<{ first(): unknown }>) => {
  const { findings, exploration } = await check(network);
  return { findings: findings.map(({ kind }) => kind), over: exploration.terminal.length };
};

describe('a state in which nothing can be done', () => {
  test.each([
    ['terminated: the one machine that receives stimuli is done', [true], [], 1],
    ['terminated: all of them are', [true, true], [], 1],
    ['a deadlock: one of them is not done', [true, false], ['deadlock'], 0],
    ['a deadlock: none is', [false, false], ['deadlock'], 0],
  ])('%s', async (_what, finals, findings, over) => {
    expect(await found(race(finals))).toEqual({ findings, over });
  });

  test('terminated: includes the receivers of further messages of a stimulus', async () => {
    const stimuli = [
      { to: 'r0', message: { type: 'go' }, also: [{ type: 'go', to: 'r1' }], description: 'both' },
    ];
    expect(await found(race([true, true], { stimuli }))).toEqual({ findings: [], over: 1 });
    expect((await found(race([true, false], { stimuli }))).findings).toEqual(['deadlock']);
  });

  test('a deadlock: no component receives stimuli', async () => {
    expect((await found(race([true], { stimuli: [] }))).findings).toEqual(['deadlock']);
  });

  test('a deadlock: a machine is done only in a final state of its root', async () => {
    const machine = setup({}).createMachine({
      initial: 'a',
      states: {
        a: { on: { go: 'b' } },
        b: { initial: 'c', states: { c: { type: 'final' } } },
      },
    });
    const network = race([true], { components: [{ name: 'r0', machine }] });
    expect((await found(network)).findings).toEqual(['deadlock']);
  });
});

test('recoverable: a terminated state needs no way back, like a terminal state', async () => {
  const rule: Rule<{ first(): unknown }> = {
    id: 'back',
    description: 'the first runner can be ready again',
    source: 'this test',
    recoverable: ({ first }) => first() === 'ready',
  };
  const verdict = async (network: Network<{ first(): unknown }>) =>
    (await check({ ...network, rules: [rule] })).rules.map(({ verdict, path }) => [verdict, path]);
  expect(await verdict(race([true]))).toEqual([['holds', undefined]]);
  expect(await verdict(race([false]))).toEqual([['broken', [0]]]);
  // After the first has gone, the second still can, and there is no way back.
  expect(await verdict(race([true, true]))).toEqual([['broken', [0]]]);
});

test('a network can be terminated in the first state', async () => {
  const machine = setup({}).createMachine({
    initial: 'never',
    states: { never: { on: { go: 'there' }, always: 'there' }, there: { type: 'final' } },
  });
  const network = race([true], { components: [{ name: 'r0', machine }] });
  expect(await found(network)).toEqual({ findings: [], over: 1 });
});
