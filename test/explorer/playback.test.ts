import { expect, test } from 'vitest';
import { goTo, isStoryOf, linked, linkTo, NOTHING, take } from '../../src/explorer/playback.js';

const story = [7, 0, 12].reduce(take, NOTHING);

test('undone calls can be redone, and another call discards them', () => {
  expect(story).toEqual({ calls: [7, 0, 12], at: 3 });
  const back = goTo(story, 1);
  expect(back).toEqual({ calls: [7, 0, 12], at: 1 });
  expect(take(back, 0)).toEqual({ calls: [7, 0, 12], at: 2 });
  expect(take(back, 5)).toEqual({ calls: [7, 5], at: 2 });
});

test('stays between the beginning and the end', () => {
  expect(goTo(story, -1).at).toBe(0);
  expect(goTo(story, 4).at).toBe(3);
});

test('a story is the same at any position', () => {
  expect(isStoryOf(goTo(story, 1), [7, 0, 12])).toBe(true);
  expect(isStoryOf(story, [7, 0])).toBe(false);
  expect(isStoryOf(story, [7, 0, 13])).toBe(false);
});

test('a link holds the calls made, and parses back', () => {
  expect(linkTo(goTo(story, 2))).toBe('#calls=7.0');
  expect(linked(linkTo(story))).toEqual([7, 0, 12]);
  expect(linked(linkTo(NOTHING))).toEqual([]);
});

test.each(['', '#', '#section', '#calls', '#calls=1.', '#calls=-1', '#calls=a', '#calls=1.2&x'])(
  'ignores a fragment that is not its own: "%s"',
  (fragment) => expect(linked(fragment)).toBeUndefined(),
);
