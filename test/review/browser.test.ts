import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build, recwalk } from '../cli/recwalk.js';
import { hasChromium, launched, needsChromium } from '../explorer/chromium.js';

const HOLE = 'ipmodify-joins-after-yes';
const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const file = join(folder, 'review.html');
let browser: Browser;

needsChromium('a review as a page');

describe.runIf(hasChromium)('a review from disk', { timeout: 600_000 }, () => {
  beforeAll(async () => {
    build();
    const scope = ['--scope', 'records=2,ipmodify=1,willing=1'];
    const ran = await recwalk(['review', 'linux-6.12', ...scope, '--quiet', '-o', file]);
    expect(ran).toEqual({ code: 0, stdout: '', stderr: '' });
    browser = await launched();
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true });
  });

  test('plays a counterexample in the page, and its links still work', async () => {
    const page = await browser.newPage();
    const troubles: string[] = [];
    page.on('console', (message) => troubles.push(message.text()));
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith(pathToFileURL(file).href)) troubles.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    await page.getByRole('listbox').waitFor();
    expect(await page.evaluate('[scrollY, document.activeElement.tagName]')).toEqual([0, 'BODY']);
    await page.getByRole('button', { name: `Play ${HOLE}` }).click();
    const rule = page.locator(`[data-rule="${HOLE}"]`);
    expect(await rule.getAttribute('data-here')).toBe('holds');
    for (let n = 1; n <= 5; n++) await page.keyboard.press('n');
    expect(await rule.getAttribute('data-here')).toBe('broken');
    expect(await page.locator('.playing').textContent()).toContain('call 5 of 5');
    await page.locator(`.matrix a[href^="#${HOLE}@"]`).click();
    expect(decodeURIComponent(await page.evaluate('location.hash'))).toBe(`#${HOLE}@linux-6.12`);
    expect(await page.locator('.playing').textContent()).toContain('call 5 of 5');
    expect(troubles).toEqual([]);
    await page.close();
  });
});
