import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { page } from '../../src/review/html/page.js';
import { ODD, sample } from './sample.js';

const text = page(sample);
const { document } = new JSDOM(text).window;
const all = (selector: string) => [...document.querySelectorAll(selector)];
/** The HTML of the selected elements, so that a failure is readable. */
const written = (selector: string) => all(selector).map((element) => element.outerHTML);

describe('the page', () => {
  test('is well-formed', () => {
    expect(() => new JSDOM(text, { contentType: 'application/xhtml+xml' })).not.toThrow();
  });

  test('shows odd texts literally', () => {
    expect(document.querySelector('h1')!.textContent).toBe(`“${ODD}”`);
    expect(document.querySelector('title')!.textContent).toContain(ODD);
    expect(written('b, script, [onclick]')).toEqual([]);
    expect(document.querySelector('table.story tbody th code')!.textContent).toBe(ODD);
    // Every text of the sample is in the page.
    const occurrences = document.body.textContent!.split(ODD).length - 1;
    expect(occurrences).toBeGreaterThan(30);
  });

  test('loads nothing', () => {
    expect(written('[src], link, iframe, object, embed')).toEqual([]);
    for (const link of all('[href]')) expect(link.getAttribute('href')).toMatch(/^#/);
    expect(document.querySelector('style')!.textContent).not.toMatch(/url\(|@import/);
  });

  test('has a target for every link, and each id once', () => {
    const ids = all('[id]').map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = all('a[href]').map((a) => decodeURIComponent(a.getAttribute('href')!.slice(1)));
    expect(links.length).toBeGreaterThan(10);
    for (const link of links) expect(ids).toContain(link);
  });

  test('has a header for every column and every row', () => {
    for (const table of all('table')) {
      expect(table.querySelector('caption')!.textContent).not.toBe('');
      const columns = table.querySelectorAll('thead th[scope=col]').length;
      for (const row of table.querySelectorAll('tbody tr')) {
        expect(row.children.length).toBe(columns);
        expect(row.querySelectorAll('th[scope=row]').length).toBe(1);
      }
    }
  });

  test('has a text for every sign, which links to the story of a broken rule', () => {
    const cells = all('.matrix tbody td:not(.rule)');
    expect(cells.map((cell) => cell.className)).toEqual(['holds', 'seen', 'unknown', 'broken']);
    expect(cells.map((cell) => cell.querySelector('.spoken')!.textContent)).toEqual([
      'holds',
      'seen',
      'unknown',
      ODD,
    ]);
    expect(cells.map((cell) => cell.querySelector('a')?.getAttribute('href'))).toEqual([
      undefined,
      '#first-rule@second',
      undefined,
      '#second-rule@second',
    ]);
  });

  test('marks the changes of a call, and nothing else', () => {
    const rows = all('#seen table.story tbody tr');
    const marks = rows.map((row) => [...row.querySelectorAll('mark')].map((m) => m.textContent));
    expect(marks).toEqual([['1', 'R', 'I', ODD], ['-EBUSY', ODD, 'WARN'], ['DEAD']]);
  });

  test('distinguishes observations on kernels from claims about the model', () => {
    expect(all('#seen .by-kernel').map((e) => e.textContent)).toEqual([`seen on ${ODD}`]);
    expect(written('#seen .by-model')).toEqual([]);
    expect(written('#model .by-kernel')).toEqual([]);
    expect(all('#model .by-model').map((e) => e.textContent)).toEqual([
      'model only, because it is so',
    ]);
  });

  test('reports a stopped search', () => {
    expect(document.querySelector('#glance')!.textContent).toContain('stopped (states)');
    expect(document.querySelector('#design-first')!.textContent).toContain('the rest is unknown');
  });
});

describe('the explorer', () => {
  test('has no section without a script', () =>
    expect(written('#explorer, #explore, [href="#explore"]')).toEqual([]));

  test('has a section with the given markup and the name of its design', () => {
    const markup = '<div id="explorer"></div><script>globalThis.ran = "<b>" && 1;</script>';
    const dom = new JSDOM(page(sample, { design: 'second', isLive: true, markup }), {
      runScripts: 'dangerously',
    });
    const section = dom.window.document.querySelector('section#explore')!;
    expect(section.querySelector('h2')!.textContent).toBe('Step by step: second');
    expect(section.querySelectorAll('#explorer').length).toBe(1);
    expect(dom.window.document.querySelectorAll('nav a[href="#explore"]').length).toBe(1);
    expect(dom.window.ran).toBe(1);
  });
});
