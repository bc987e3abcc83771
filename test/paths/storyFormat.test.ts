import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../src/model/userError.js';
import { parseStories, parseStory, type Story, writeStory } from '../../src/paths/storyFormat.js';

/** One line without line ends, and without white space at its ends. */
const line = fc
  .string({ minLength: 1, maxLength: 20, unit: 'grapheme' })
  .map((text) => text.replace(/[\n\r\u2028\u2029]/g, '.').trim())
  .filter((text) => text !== '');

const step = fc.record({
  call: line.filter((text) => !text.startsWith('#')),
  outcome: fc.array(
    line.filter((text) => !text.startsWith('#')),
    { minLength: 1, maxLength: 4 },
  ),
});

const story: fc.Arbitrary<Story> = fc.record({
  notes: fc.array(line, { minLength: 1, maxLength: 3 }),
  steps: fc.array(step, { minLength: 1, maxLength: 5 }),
});

const faultOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'no fault';
};

describe('any story', { timeout: 600_000 }, () => {
  test('parses back', () => {
    fc.assert(
      fc.property(story, (written) => {
        expect(parseStory(writeStory(written), 'a.story')).toEqual(written);
      }),
    );
  });

  test('parses back among others', () => {
    fc.assert(
      fc.property(fc.array(story, { minLength: 1, maxLength: 4 }), (written) => {
        expect(parseStories(written.map(writeStory).join('\n'), 'a.story')).toEqual(written);
      }),
    );
  });

  test('may have other white space and line ends, as editors leave them', () => {
    fc.assert(
      fc.property(story, (written) => {
        const text = writeStory(written).replaceAll('\n  ', '\n\t').replaceAll('\n', ' \r\n\n');
        expect(parseStory(text, 'a.story')).toEqual(written);
      }),
    );
  });
});

test('a story written by hand', () => {
  const text = '# two calls\nadd X 1\n  0\n\nregister X records 1\n   0\n   1: (1) .I. - ran X\n';
  expect(parseStory(text, 'hand.story')).toEqual({
    notes: ['two calls'],
    steps: [
      { call: 'add X 1', outcome: ['0'] },
      { call: 'register X records 1', outcome: ['0', '1: (1) .I. - ran X'] },
    ],
  });
});

describe('a text that is no story', () => {
  test('RW303 for an outcome without a call, with its line', () => {
    const message = faultOf(() => parseStory('# note\n\n  0\nadd X 1\n  0\n', 'a.story'));
    expect(message).toMatch(/^RW303: a\.story, line 3: an outcome before the first call/);
  });

  test('RW303 also after the end of another story', () => {
    const message = faultOf(() => parseStories('# a\nadd X 1\n  0\n# b\n  0\n', 'a.story'));
    expect(message).toMatch(/^RW303: a\.story, line 5/);
  });

  test('RW304 for a call without an outcome, with the call', () => {
    const message = faultOf(() => parseStory('add X 1\n  0\nadd X 2\nadd X 3\n  0', 'a.story'));
    expect(message).toMatch(/^RW304: a\.story: call 2, "add X 2", has no outcome/);
  });

  test('RW305 for two stories where one is needed', () => {
    const message = faultOf(() => parseStory('# a\nadd X 1\n  0\n# b\nadd X 1\n  0\n', 'a.story'));
    expect(message).toMatch(/^RW305: a\.story has 2 stories/);
  });

  test('RW312 for a control character in a line, with the line', () => {
    const message = faultOf(() => parseStories('# a\nadd X 1\n  0\u001b[2J\n', 'a.story'));
    expect(message).toMatch(/^RW312: a\.story, line 3 holds the control character U\+001B/);
  });

  test('an empty text is a story without calls', () => {
    expect(parseStory('\n', 'a.story')).toEqual({ notes: [], steps: [] });
  });
});
