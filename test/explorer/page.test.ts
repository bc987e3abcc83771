import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { GIVEN, HOST } from '../../src/explorer/given.js';
import { page } from '../../src/explorer/page.js';

const given = {
  version: '0',
  design: 'a "quoted" <design> & more',
  scope: 'records=1',
  verdicts: [{ rule: 'r', verdict: 'holds', evidence: ['</script><b>'] }],
  findings: [],
  walked: { states: 1, transitions: 1, complete: true },
} as const;

test('a page with any content parses as intended, and its script runs unchanged', () => {
  const script = "document.body.dataset.ran = '</script><!--' + /<\\/SCRIPT>/i.test('</script>')";
  const { document } = new JSDOM(page({ given, script }), { runScripts: 'dangerously' }).window;
  expect(document.body.dataset.ran).toBe('</script><!--true');
  expect({ ...document.getElementById(HOST)!.dataset }).toEqual({
    design: given.design,
    scope: given.scope,
    focused: '',
  });
  expect(JSON.parse(document.getElementById(GIVEN)!.textContent!)).toEqual(given);
  expect(document.title).toBe(`${given.design}: recwalk explore`);
});

test('loads nothing', () => {
  const { document } = new JSDOM(page({ given, script: '' })).window;
  const policy = document.querySelector('meta[http-equiv=Content-Security-Policy]')!;
  expect(policy.getAttribute('content')).toContain("default-src 'none'");
  const sources = [...document.querySelectorAll('[src], link')].map(
    (element) => element.getAttribute('src') ?? element.getAttribute('href'),
  );
  expect(sources).toEqual(['data:,']);
});
