import { describe, expect, test } from 'vitest';
import type { FixReport, Since } from '../../src/review/review.js';
import { answer, compared, fixed, legends } from '../../src/review/sentences.js';
import { sample } from './sample.js';

const [first, second] = sample.designs as [
  (typeof sample.designs)[number],
  (typeof sample.designs)[number],
];

describe('the answer', () => {
  test('is about the design that implements the mail', () => {
    expect(answer(sample)).toMatch(/breaks 2 of 2 rules in this scope\.$/);
  });

  test('counts the unknown rules', () => {
    const question = { ...sample.question, design: 'first' };
    expect(answer({ ...sample, question })).toMatch(/breaks 0 of 2 rules.*, and 1 is unknown\.$/);
  });

  test('is undefined if that design is not reviewed', () => {
    expect(answer({ ...sample, designs: [first] })).toBeUndefined();
  });
});

describe('the fixes', () => {
  const description = (fixReport: Partial<FixReport>) =>
    fixed({ ...second, fixReport: { ...second.fixReport, stopped: false, ...fixReport } });

  test('are none only after every set was explored', () => {
    expect(description({ sets: [] })).toMatch(/^No set of fixes repairs everything \(/);
    expect(description({ sets: [], stopped: true })).toMatch(
      /^No set of fixes was found .* may also fix/,
    );
  });

  test('are each set that was found', () => {
    expect(description({ sets: [['a']] })).toContain('with this set of 1 fix ');
    expect(
      description({
        sets: [
          ['a', 'b'],
          ['c', 'd'],
        ],
      }),
    ).toContain('each of these 2 sets of 2 fixes');
    expect(description({ sets: [['a']], stopped: true })).toContain('may also fix everything');
  });

  test('are undefined if none were searched for', () => {
    expect(fixed(first)).toBeUndefined();
  });
});

test('two designs are the same only after a complete search', () => {
  const since: Since = { ...second.since!, sorts: 0, differences: [] };
  expect(compared(since)).toContain('the same outcomes everywhere');
  expect(compared({ ...since, stopped: 'states' })).toMatch(
    /no difference found \(stopped \(states\)/,
  );
  expect(compared(second.since!)).toContain('2 divergence classes');
});

test('a glossary occurs once, with all designs that it is for', () => {
  const again = { ...second, name: 'third' };
  expect(legends({ ...sample, designs: [first, second, again] }).map((l) => l.designs)).toEqual([
    ['first'],
    ['second', 'third'],
  ]);
});
