import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { explorerIn } from '../../src/explorer/page.js';
import { parseStory } from '../../src/paths/storyFormat.js';
import { build, main, recwalk, root } from '../cli/recwalk.js';
import { hasChromium, launched, needsChromium } from './chromium.js';

/** 98 states, depth 10: the page loads fast. */
const SCOPE = 'records=2,ipmodify=1,willing=1';
const EXPLORE = ['explore', 'linux-6.12', '--scope', SCOPE, '--quiet'];
const HOLE = 'ipmodify-joins-after-yes';
const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const file = join(folder, 'page.html');
const addresses: Record<string, string> = {};
let browser: Browser;
let server: ChildProcess;
let page: Page;
/** Errors and warnings of the page. */
let troubles: string[];

needsChromium('the page of explore');

describe.runIf(hasChromium)('the page', { timeout: 600_000 }, () => {
  beforeAll(async () => {
    build();
    expect(await recwalk([...EXPLORE, '-o', file])).toEqual({ code: 0, stdout: '', stderr: '' });
    server = spawn(process.execPath, [main, ...EXPLORE], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(server.stdout!, 'data');
    addresses.http = /http:\/\/127\.0\.0\.1:\d+\//.exec(String(line))![0];
    addresses.file = pathToFileURL(file).href;
    browser = await launched();
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    server?.kill('SIGINT');
    if (server?.exitCode === null) expect(await once(server, 'exit')).toEqual([0, null]);
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    page = await browser.newPage();
    troubles = [];
    page.on('console', (message) => troubles.push(message.text()));
    page.on('pageerror', (error) => troubles.push(String(error)));
    page.on('request', (request) => {
      const own = [...Object.values(addresses), 'data:'];
      if (!own.some((address) => request.url().startsWith(address)))
        troubles.push(`asks for ${request.url()}`);
    });
  });
  afterEach(async () => {
    await page.close();
    expect(troubles).toEqual([]);
  });

  const offered = () => page.getByRole('option').locator('code').allTextContents();
  const shownSteps = async () =>
    (await page.locator('.story li:not(.to-come) button').allTextContents()).slice(1);
  const rule = (id: string) => page.locator(`[data-rule="${id}"]`);
  const choose = (call: string) => page.getByRole('option', { name: call, exact: false }).first();
  const field = (row: string, column: string) =>
    page
      .getByRole('row', { name: new RegExp(`^${row} `) })
      .getByRole('cell')
      .nth({ state: 0, count: 1, flags: 2 }[column]!);

  describe.each(['http', 'file'])('from %s', (where) => {
    beforeEach(() => page.goto(addresses[where]!));

    test('plays a counterexample to its end, where its rule is marked, and back', async () => {
      await page.getByRole('button', { name: `Play ${HOLE}` }).click();
      expect(await shownSteps()).toEqual([]);
      expect(await rule(HOLE).getAttribute('data-here')).toBe('holds');
      for (let n = 1; n <= 4; n++) {
        await page.keyboard.press('n');
        expect(await shownSteps()).toHaveLength(n);
        expect(await rule(HOLE).getAttribute('data-here')).toBe('holds');
      }
      await page.getByRole('button', { name: 'To the end' }).click();
      expect(await shownSteps()).toHaveLength(5);
      expect(await rule(HOLE).getAttribute('data-here')).toBe('broken');
      expect(await page.locator('.story li.present').textContent()).toMatch(
        new RegExp(`breaks .*${HOLE}`),
      );
      expect(await page.locator('.playing').textContent()).toContain(
        `call 5 of 5: a shortest story that breaks ${HOLE}`,
      );
      expect(await rule(HOLE).textContent()).toContain('IPMODIFY joins a direct record only after');
      await page.keyboard.press('u');
      expect(await rule(HOLE).getAttribute('data-here')).toBe('holds');
      expect(await shownSteps()).toHaveLength(4);
    });

    test('makes calls by clicks, marks their changes, and goes back to each', async () => {
      expect(await offered()).toEqual(['add X 1', 'add X 2', 'add W 1', 'add W 2']);
      await choose('add W 1').click();
      await choose('register W records 1').click();
      expect(await shownSteps()).toEqual(['add W 1', 'register W records 1']);
      expect(await field('1', 'state').textContent()).toBe('direct');
      expect(await field('1', 'flags').locator('mark').textContent()).toBe('R.D');
      expect(await field('2', 'flags').locator('mark').count()).toBe(0);
      await page.locator('.story li button').nth(1).click();
      expect(await shownSteps()).toEqual(['add W 1']);
      expect(await field('1', 'state').textContent()).toBe('free');
      // Undone calls remain until another call is made.
      await page.keyboard.press('n');
      expect(await shownSteps()).toEqual(['add W 1', 'register W records 1']);
      await page.keyboard.press('b');
      await choose('add X 2').click();
      expect(await page.locator('.story li button').allTextContents()).toEqual([
        'no call yet',
        'add X 2',
      ]);
    });

    test('works with the keyboard alone', async () => {
      await page.keyboard.press('j');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('k');
      await page.keyboard.press('Enter');
      expect(await shownSteps()).toEqual(['add X 2']);
      await page.keyboard.press('/');
      await page.keyboard.type('reg X');
      expect(await offered()).toEqual(['register X records 2']);
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
      expect(await shownSteps()).toEqual(['add X 2', 'register X records 2']);
      expect((await offered()).length).toBeGreaterThan(3);
      await page.keyboard.press('Backspace');
      expect(await shownSteps()).toEqual(['add X 2']);
      await page.keyboard.press('?');
      expect(await page.getByRole('dialog').textContent()).toContain('undo one call');
      // The story does not change while the help is open.
      await page.keyboard.press('u');
      await page.keyboard.press('Escape');
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(await shownSteps()).toEqual(['add X 2']);
    });

    test('a link leads to the same state, in a new page and in this one', async () => {
      await page.getByRole('button', { name: `Play ${HOLE}` }).click();
      await page.keyboard.press('e');
      const [link, story] = [page.url(), await shownSteps()];
      expect(link).toMatch(/#calls=\d+(\.\d+){4}$/);
      await page.goto('about:blank');
      await page.goto(link);
      expect(await shownSteps()).toEqual(story);
      expect(await rule(HOLE).getAttribute('data-here')).toBe('broken');
      await page.goto(link.replace(/\.\d+$/, ''));
      expect(await shownSteps()).toEqual(story.slice(0, 4));
      await page.goto(link.replace(/\d+$/, '9999'));
      expect(await shownSteps()).toEqual(story.slice(0, 4));
      expect(await page.getByRole('status').textContent()).toContain(
        'Call 5 of the link is not enabled here',
      );
    });

    test('copies the story in the story format', async () => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.getByRole('button', { name: `Play ${HOLE}` }).click();
      await page.keyboard.press('e');
      await page.getByRole('button', { name: 'Copy the story' }).click();
      await page.getByText('Story copied').waitFor();
      const text = await page.evaluate('navigator.clipboard.readText()');
      const { notes, steps } = parseStory(String(text), 'copied');
      expect(notes).toEqual([
        `A shortest story that breaks ${HOLE}.`,
        'design linux-6.12',
        `scope ${SCOPE}`,
      ]);
      expect(steps.map(({ call }) => call)).toEqual(await shownSteps());
      expect(steps.at(-1)!.outcome).toContain('2: (2) RID W.a ran X,W.a');
    });
  });

  test('a key acts on the result of the key before it, however fast it comes', async () => {
    await page.goto(addresses.file!);
    await page.getByRole('listbox').evaluate((list) => {
      for (const key of ['j', 'j', 'Enter', 'Enter', 'u', 'u', 'n'])
        list.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    });
    expect(await page.locator('.story li button').allTextContents()).toEqual([
      'no call yet',
      'add W 1',
      'register W records 1',
    ]);
    expect(await shownSteps()).toEqual(['add W 1']);
  });

  test('the picture has all states, and a click goes to one', async () => {
    await page.goto(addresses.file!);
    const dots = page.locator('circle[data-state]');
    expect(await dots.count()).toBe(98);
    await dots.nth(97).click();
    expect(await shownSteps()).toHaveLength(10);
    expect(await dots.nth(97).getAttribute('class')).toContain('here');
    await page.getByRole('application').focus();
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    expect(await shownSteps()).toHaveLength(9);
  });

  test('as a part of another page, handles keys only with the focus in it', async () => {
    const given = {
      version: '0',
      design: 'proposal',
      scope: SCOPE,
      verdicts: [],
      findings: [],
      walked: { states: 0, transitions: 0, complete: false, stopped: 'states' },
    } as const;
    const script = readFileSync(join(root, 'dist/explorer.js'), 'utf8');
    const other = join(folder, 'other.html');
    const style = '<style>table, code { display: none } p { height: 3000px }</style>';
    writeFileSync(other, `<!doctype html>${style}<p>text</p>${explorerIn({ given, script })}`);
    addresses.other = pathToFileURL(other).href;
    await page.goto(addresses.other);
    await page.getByRole('listbox').waitFor();
    await page.keyboard.press('Enter');
    expect(await shownSteps()).toEqual([]);
    expect(await page.evaluate('[scrollY, document.activeElement.tagName]')).toEqual([0, 'BODY']);
    expect(await page.getByRole('table').count()).toBe(2);
    await page.getByRole('listbox').focus();
    await page.keyboard.press('Enter');
    expect(await shownSteps()).toEqual(['add X 1']);
  });

  test('the selected call is visible, however long the list is', async () => {
    await page.setViewportSize({ width: 1200, height: 220 });
    await page.goto(addresses.file!);
    await page.keyboard.press('k');
    const last = page.getByRole('option', { selected: true });
    expect(await last.locator('code').textContent()).toBe('add W 2');
    const [option, list] = [
      await last.boundingBox(),
      await page.getByRole('listbox').boundingBox(),
    ];
    expect(option!.y + option!.height).toBeLessThanOrEqual(list!.y + list!.height + 1);
    await page.keyboard.press('j');
    const first = await page.getByRole('option', { selected: true }).boundingBox();
    expect(first!.y).toBeGreaterThanOrEqual(list!.y - 1);
  });

  test('reports too many states, and claims no rule to hold without a complete search', async () => {
    const all = join(folder, 'default.html');
    const { code, stderr } = await recwalk([
      'explore',
      'linux-6.12',
      '--max-states',
      '100',
      '-o',
      all,
    ]);
    expect(code).toBe(3);
    expect(stderr).toContain('the unexplored part is unknown in the page');
    addresses.all = pathToFileURL(all).href;
    await page.goto(addresses.all);
    expect(await page.getByText('There is no picture of this scope').count()).toBe(1);
    expect(await page.getByRole('heading', { name: /^Hold on every path/ }).count()).toBe(0);
    expect(
      await page.getByRole('heading', { name: /^Unknown: the search was stopped/ }).count(),
    ).toBe(1);
  });
});
