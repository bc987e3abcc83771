import { execFileSync } from 'node:child_process';
import { JSDOM } from 'jsdom';
import { beforeAll, describe, expect, test } from 'vitest';
import { svg } from '../../../src/export/to/svg.js';
import { testWith } from '../debian.js';
import { drawn, oddChart } from '../drawings.js';
import { all, pairs, raw, statesIn, uml } from '../shown.js';

const XMLLINT = '/usr/bin/xmllint';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const boxOf = (element: Element): Box => {
  const number = (name: string) => Number(element.getAttribute(name));
  return { x: number('x'), y: number('y'), width: number('width'), height: number('height') };
};

/** The box of a line of text, in a font whose letters are 0.6 of its size wide. */
function lineOf(element: Element): Box {
  const { x, y } = boxOf(element);
  const size = element.classList.contains('title') ? 15 : 11;
  const width = element.textContent!.length * 0.602 * size;
  return { x, y: y - size * 0.8, width, height: size };
}

const numbers = (text: string): readonly number[] => (text.match(/-?[\d.]+/g) ?? []).map(Number);

/** The straight parts and corners of an arrow, as thin boxes. */
function segmentsOf(path: string): Box[] {
  const all = numbers(path);
  const points = all.flatMap((x, i) => (i % 2 === 0 ? [{ x, y: all[i + 1]! }] : []));
  return points.slice(1).map((to, i) => {
    const from = points[i]!;
    return {
      x: Math.min(from.x, to.x),
      y: Math.min(from.y, to.y),
      width: Math.abs(from.x - to.x),
      height: Math.abs(from.y - to.y),
    };
  });
}

/** Without its border, where arrows begin and end. */
const shrunk = ({ x, y, width, height }: Box): Box => ({
  x: x + 1,
  y: y + 1,
  width: width - 2,
  height: height - 2,
});

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

const holds = (a: Box, b: Box): boolean =>
  a.x <= b.x && a.y <= b.y && b.x + b.width <= a.x + a.width && b.y + b.height <= a.y + a.height;

function read(text: string) {
  const { document } = new JSDOM(text, { contentType: 'image/svg+xml' }).window;
  const every = (selector: string) => [...document.querySelectorAll(selector)];
  const emitted = (kind: string) => every(`text.${kind}`).map((element) => element.textContent!);
  return { text, document, every, emitted };
}

/** Joins lines that were wrapped. */
const joined = (lines: readonly string[]): string[] =>
  lines
    .join('\n')
    .replace(/\n {2}(?=\S)/g, ' ')
    .split('\n')
    .filter((line) => line !== '');

const SLOW = 600_000;

describe.each(all)('$name', ({ name, machine }) => {
  let text = '';
  beforeAll(async () => {
    text = await svg(drawn(name));
  }, SLOW);

  test('shows every state, every arrow and every text', () => {
    const { every, emitted } = read(text);
    const states = statesIn(machine).length === 0 ? [name] : statesIn(machine);
    const root = raw(machine).filter(({ from }) => from === '');
    const isBoxed = statesIn(machine).length > 0 && root.length > 0;
    expect(emitted('name').sort()).toEqual(
      [...states, ...(isBoxed ? ['in every state'] : [])].sort(),
    );
    expect(every('path.way')).toHaveLength(pairs(machine).length + 1);
    expect(joined([...emitted('on'), ...emitted('in')]).sort()).toEqual(
      raw(machine)
        .map(uml)
        .filter((line) => line !== '')
        .sort(),
    );
  });

  testWith(XMLLINT, 'libxml2-utils')('is well-formed', { timeout: SLOW }, () => {
    execFileSync(XMLLINT, ['--noout', '-'], { input: text });
  });

  test('puts every line of text into its own box, and nothing overlaps', () => {
    const { every } = read(text);
    const boxes = every('g rect').map(boxOf);
    const lines = every('g text').map(lineOf);
    const ways = every('path.way').flatMap((path) => segmentsOf(path.getAttribute('d')!));
    for (const things of [boxes, lines])
      for (const [i, box] of things.entries())
        expect(things.slice(i + 1).filter((other) => overlap(box, other))).toEqual([]);
    for (const line of lines) {
      const own = boxes.filter((box) => overlap(box, line));
      expect(own).toHaveLength(1);
      expect(own.filter((box) => holds(box, line))).toEqual(own);
    }
    for (const box of boxes) expect(ways.filter((way) => overlap(shrunk(box), way))).toEqual([]);
  });

  test('keeps everything within its borders', () => {
    const { document, every } = read(text);
    const [x, y, width, height] = numbers(document.documentElement.getAttribute('viewBox')!);
    const [dx, dy] = numbers(document.querySelector('g')!.getAttribute('transform')!);
    const moved = (box: Box) => ({ ...box, x: box.x + dx!, y: box.y + dy! });
    const all = [...every('g rect').map(boxOf).map(moved), ...every('svg > text').map(lineOf)];
    const whole = { x: x!, y: y!, width: width!, height: height! };
    expect(all.filter((box) => !holds(whole, box))).toEqual([]);
  });
});

test('has a description for screen readers, and loads nothing', async () => {
  const text = await svg(drawn('record'));
  const { document } = read(text);
  const root = document.documentElement;
  expect(root.getAttribute('role')).toBe('img');
  expect(root.getAttribute('aria-labelledby')).toBe('title desc');
  expect(document.getElementById('title')!.textContent).toBe('record');
  expect(document.getElementById('desc')!.textContent).toContain(
    'From direct to direct+ipmodify: set ipmodify.',
  );
  expect(text.match(/prefers-color-scheme: dark/g)).toHaveLength(1);
  expect(text.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
    /https?:|href|@import|url\((?!#)/,
  );
});

test('names that look like markup are read as names', async () => {
  const { emitted } = read(await svg(oddChart));
  expect(emitted('name')).toEqual([...oddChart.states.map(({ name }) => name), 'in every state']);
  expect(joined(emitted('on'))).toEqual(oddChart.arrows.flatMap(({ labels }) => labels));
});

test('with an id, shares a page with others: unique names, and a style of its own', async () => {
  const bare = await svg(drawn('record'));
  const text = await svg(drawn('record'), 'one');
  const { document } = read(text);
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  expect(ids).toEqual(['one', 'one-title', 'one-desc', 'one-head']);
  expect(document.documentElement.getAttribute('aria-labelledby')).toBe('one-title one-desc');
  for (const [, id] of text.matchAll(/url\(#([^)]*)\)/g)) expect(id).toBe('one-head');
  const selectors = (of: string) =>
    [...of.split(/<\/?style>/)[1]!.matchAll(/^ *([^{}@\n]+?) \{/gm)].flatMap((m) =>
      m[1]!.split(', '),
    );
  expect(selectors(bare).length).toBeGreaterThan(10);
  expect(selectors(text)).toEqual(
    selectors(bare).map((selector) => (selector === 'svg' ? '#one' : `#one ${selector}`)),
  );
});
