import { beforeAll, describe, expect, test } from 'vitest';
import type { Design } from '../../../machines/design.js';
import { evidenceLines, evidenceOf } from '../../../src/cli/shared/evidence.js';
import type { Observation } from '../../../src/cli/shared/observations.js';
import type { Network } from '../../../src/model/network.js';
import { type Check, check } from '../../../src/search/check.js';
import lamp from '../fixtures/lamp.js';

interface Lamp {
  readonly lit: boolean;
}

const rule = { description: 'it breaks', source: 'a test' };
const network = {
  ...(lamp as unknown as Network<Lamp>),
  rules: [
    { ...rule, id: 'always-dark', always: ({ lit }: Lamp) => !lit },
    { ...rule, id: 'unobservable', unobservable: 'it is dark', always: ({ lit }: Lamp) => !lit },
    { ...rule, id: 'turns-blue', possible: [{ description: 'blue', holds: () => false }] },
    { ...rule, id: 'comes-back', recoverable: () => false },
    { ...rule, id: 'holds', always: () => true },
  ],
};
const built = { name: 'lamp', kernel: 'debian:6.1' } as Design;
const unbuilt = { name: 'lamp' } as Design;
const press: Observation = {
  design: 'lamp',
  rule: 'always-dark',
  breakClass: 'press: nothing emitted',
  kernel: 'Debian 1',
  calls: ['press'],
  agrees: true,
};

let done: Check;
beforeAll(async () => {
  done = (await check(network)) as Check;
});

const of = (id: string, design: Design, seen: readonly Observation[]) =>
  evidenceOf(done, design, seen).get(id)?.[0];
const lines = (id: string, design: Design, seen: readonly Observation[] = []) =>
  evidenceLines(of(id, design, seen)!);

describe('a story', () => {
  test('that a kernel replayed is seen there', () => {
    expect(of('always-dark', built, [press])).toEqual([{ kernel: 'Debian 1', seen: true }]);
    expect(lines('always-dark', built, [press])).toEqual(['seen on Debian 1']);
  });

  test('that was replayed on newly booted guests has its rate', () => {
    const often = { ...press, times: { played: 10, agreed: 9 } };
    expect(lines('always-dark', built, [often])).toEqual(['seen on Debian 1, 9 of 10 times']);
  });

  test('that two kernels replayed is seen on both, once on each', () => {
    const both = [press, press, { ...press, kernel: 'Debian 2' }];
    expect(lines('always-dark', built, both)).toEqual(['seen on Debian 1', 'seen on Debian 2']);
  });

  test.each([
    ['of other calls', { calls: ['press', 'press'] }],
    ['of fewer calls', { calls: [] }],
    ['of another rule', { rule: 'turns-blue' }],
    ['of another design', { design: 'lantern' }],
  ])('is not seen by one %s', (_what, other) => {
    expect(of('always-dark', built, [{ ...press, ...other }])).toEqual([]);
    expect(lines('always-dark', built, [{ ...press, ...other }])).toEqual([
      'not replayed on a kernel',
    ]);
  });

  test('that no outcome can show is a claim about the model, replayed or not', () => {
    const played = { ...press, rule: 'unobservable', unobservable: 'it is dark' };
    expect(lines('unobservable', built, [played])).toEqual([
      'replayed on Debian 1; model only, because it is dark',
    ]);
    expect(lines('unobservable', built)).toEqual(['model only, because it is dark']);
    expect(lines('comes-back', built)[0]).toMatch(/^model only, because one way there cannot show/);
  });

  test('in which the kernel differs is not seen', () => {
    const difference = { call: 'press' } as NonNullable<Observation['difference']>;
    expect(lines('always-dark', built, [{ ...press, agrees: false, difference }])).toEqual([
      'replayed on Debian 1; model only, because the kernel behaves differently at "press"',
    ]);
    expect(lines('always-dark', built, [{ ...press, agrees: false }])[0]).toMatch(
      /^replayed on Debian 1; model only, because the kernel made another choice/,
    );
  });

  test('of a design that no kernel implements is a claim about the model', () => {
    for (const id of ['always-dark', 'unobservable', 'turns-blue', 'comes-back'])
      expect(lines(id, unbuilt)).toEqual([
        'model only, because no available kernel implements this design',
      ]);
  });
});

test('a goal that is never reached has no story', () => {
  expect(lines('turns-blue', built, [{ ...press, rule: 'turns-blue', calls: [] }])).toEqual([
    'model only, because no story can show that a goal is never reached',
  ]);
});

test('a rule that holds needs no evidence', () => {
  expect([...evidenceOf(done, built, []).keys()]).not.toContain('holds');
});
