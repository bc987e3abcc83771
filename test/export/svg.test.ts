import { execFileSync } from 'node:child_process';
import { JSDOM } from 'jsdom';
import { beforeAll, describe, expect, test } from 'vitest';
import { svg } from '../../src/export/svg.js';
import { testWith } from './debian.js';
import { drawn, oddChart } from './drawings.js';
import { all, pairs, raw, statesIn, uml } from './shown.js';

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

const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function read(text: string) {
  const { document } = new JSDOM(text, { contentType: 'image/svg+xml' }).window;
  const every = (selector: string) => [...document.querySelectorAll(selector)];
  const said = (kind: string) => every(`text.${kind}`).map((element) => element.textContent!);
  return { text, document, every, said };
}

/** Lines that were broken because they were too long, whole again. */
const joined = (lines: readonly string[]): string[] =>
  lines
    .join('\n')
    .replace(/\n {2}(?=\S)/g, ' ')
    .split('\n')
    .filter((line) => line !== '');

const SLOW = 60_000;

describe.each(all)('$name', ({ name, machine }) => {
  let text = '';
  beforeAll(async () => {
    text = await svg(drawn(name));
  }, SLOW);

  test('shows every state, every arrow and every word', () => {
    const { every, said } = read(text);
    const states = statesIn(machine).length === 0 ? [name] : statesIn(machine);
    const root = raw(machine).filter(({ from }) => from === '');
    const isBoxed = statesIn(machine).length > 0 && root.length > 0;
    expect(said('name').sort()).toEqual([...states, ...(isBoxed ? ['in every state'] : [])].sort());
    expect(every('path.way')).toHaveLength(pairs(machine).length + 1);
    expect(joined([...said('on'), ...said('in')]).sort()).toEqual(
      raw(machine)
        .map(uml)
        .filter((line) => line !== '')
        .sort(),
    );
  });

  testWith(XMLLINT, 'libxml2-utils')('is well-formed', { timeout: SLOW }, () => {
    execFileSync(XMLLINT, ['--noout', '-'], { input: text });
  });

  test('nothing lies on anything else, and all is within its borders', () => {
    const { document, every } = read(text);
    const boxes = every('g rect').map(boxOf);
    for (const [i, box] of boxes.entries())
      for (const other of boxes.slice(i + 1))
        expect(overlap(box, other), JSON.stringify([box, other])).toBe(false);
    const [, , width = 0, height = 0] = document.documentElement
      .getAttribute('viewBox')!
      .split(' ')
      .map(Number);
    const [, dx = 0, dy = 0] = /translate\(([\d.]+) ([\d.]+)\)/
      .exec(document.querySelector('g')!.getAttribute('transform')!)!
      .map(Number);
    for (const box of boxes) {
      expect(box.x + dx + box.width).toBeLessThan(width);
      expect(box.y + dy + box.height).toBeLessThan(height);
    }
  });
});

test('is told to those who cannot see it, and needs nothing from elsewhere', async () => {
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

test('names that look like its own words are read as they are', async () => {
  const { said } = read(await svg(oddChart));
  expect(said('name')).toEqual([...oddChart.states.map(({ name }) => name), 'in every state']);
  expect(joined(said('on'))).toEqual(oddChart.arrows.flatMap(({ labels }) => labels));
});
