import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JSDOM } from 'jsdom';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rfcMail } from '../../../machines/rfcMail.js';
import { review } from '../../../src/cli/commands/review.js';
import { designNamed } from '../../../src/cli/shared/registry.js';
import type { Report } from '../../../src/cli/shared/report.js';
import { explored } from '../../../src/cli/shared/review/explorer.js';
import { GIVEN, type Given, HOST } from '../../../src/explorer/given.js';
import { parseStory } from '../../../src/paths/storyFormat.js';
import { cellsOf, tablesOf } from '../../review/tables.js';
import { build, recwalk, root } from '../recwalk.js';

const SLOW = { timeout: 600_000 };
const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const there = (name: string) => join(folder, name);
const DESIGNS = ['proposal', 'linux-6.12'];
const FLAGS = { scope: 'small', memory: 2 ** 32, quiet: true };

/** Writes the review of the designs under this name, and returns its text. */
async function written(name: string): Promise<string> {
  expect(await review(DESIGNS, { ...FLAGS, output: there(name) })).toBe(0);
  return readFileSync(there(name), 'utf8');
}

/** A broken cell, with the result of `check`. */
interface Broken {
  readonly rule: string;
  readonly design: string;
  readonly calls: readonly string[];
  readonly seen: readonly string[];
}

let results: Report['results'];
let broken: readonly Broken[];
let html: string;
let markdown: string;
let text: string;

beforeAll(async () => {
  build();
  [html, markdown, text] = [await written('r.html'), await written('r.md'), await written('r.txt')];
  const { stdout } = await recwalk(['check', ...DESIGNS, '--scope', 'small', '--json']);
  results = (JSON.parse(stdout) as Report).results;
  broken = results.flatMap(({ design, rules }) =>
    rules
      .filter(({ verdict }) => verdict === 'broken')
      .map(({ id, counterexample, evidence = [] }) => ({
        rule: id,
        design,
        calls: counterexample!.steps.map(({ call }) => call),
        seen: evidence.flatMap(({ seen, kernel }) => (seen ? [kernel!] : [])),
      })),
  );
}, 600_000);

afterAll(() => rmSync(folder, { recursive: true }));

test('check found rules that a kernel broke, and rules that none did', () => {
  expect(broken.some(({ seen }) => seen.length > 0)).toBe(true);
  expect(broken.some(({ seen }) => seen.length === 0)).toBe(true);
});

test('the question comes from the mail of the design', async () => {
  const { source } = await designNamed(rfcMail.design);
  for (const part of ['20220714204817.2889e280', '14 Jul 2022', 'FTRACE_OPS_FL_SHARE_IPMODIFY']) {
    expect(source).toContain(part);
    expect(rfcMail.source).toContain(part);
  }
});

describe('the page', () => {
  let document: Document;
  beforeAll(() => {
    document = new JSDOM(html).window.document;
  });
  const textsOf = (root: ParentNode, selector: string) =>
    [...root.querySelectorAll(selector)].map(({ textContent }) => textContent!);

  test('is well-formed, with the charts in it', () => {
    // XML parses the content of a script differently.
    const page = html.replaceAll(/(<script[^>]*>)[\s\S]*?(<\/script>)/g, '$1$2');
    expect(page).toContain('<script');
    expect(() => new JSDOM(page, { contentType: 'application/xhtml+xml' })).not.toThrow();
    expect(textsOf(document, 'figure svg > title')).toEqual(DESIGNS.map((d) => `record in ${d}`));
  });

  test('has the story of every broken cell at the target of its link, call by call', () => {
    for (const { rule, design, calls, seen } of broken) {
      const cell = document.querySelector(`.matrix a[href="#${rule}@${design}"]`);
      expect(cell, `${rule}@${design}`).not.toBe(null);
      const witness = document.getElementById(`${rule}@${design}`)!.closest('li')!;
      expect(textsOf(witness, '.by-kernel')).toEqual(seen.map((kernel) => `seen on ${kernel}`));
      const table = witness.parentElement!.nextElementSibling!.querySelector('table.story')!;
      expect(textsOf(table, 'tbody th[scope=row] > code')).toEqual(calls);
    }
    expect(document.querySelectorAll('.matrix tbody td a').length).toBe(broken.length);
  });

  test('links only to itself, and has each id once', () => {
    const ids = textsOf(document, '[id]').length;
    const names = new Set([...document.querySelectorAll('[id]')].map(({ id }) => id));
    expect(names.size).toBe(ids);
    for (const link of document.querySelectorAll('[href]'))
      expect(names).toContain(link.getAttribute('href')!.slice(1));
    expect(document.querySelectorAll('[src], link').length).toBe(0);
    expect(html).not.toMatch(/url\((?!#)/);
  });

  test('contains the explorer of the newest design that a kernel implements, with the results of check', () => {
    expect({ ...document.getElementById(HOST)!.dataset }).toEqual({
      design: 'linux-6.12',
      scope: 'small',
    });
    const given: Given = JSON.parse(document.getElementById(GIVEN)!.textContent!);
    const calls = broken.filter(({ design }) => design === 'linux-6.12');
    expect(
      given.verdicts.flatMap(({ rule, calls }) => (calls ? [[rule, calls.length]] : [])),
    ).toEqual(calls.map(({ rule, calls }) => [rule, calls.length]));
    expect(textsOf(document, '#explore h2')).toEqual(['Step by step: linux-6.12']);
  });

  test('names the searches that it was made from', () => {
    const bounds = document.querySelector('#bounds')!.textContent!;
    for (const { design, machines, states } of results)
      for (const part of [design, machines, `${states.toLocaleString('en-US')} states`])
        expect(bounds).toContain(part);
  });
});

test.each([
  [['linux-6.12', 'proposal', 'linux-7.0', 'linux-6.1'], 'linux-6.12'],
  [['linux-7.0', 'proposal'], 'linux-7.0'],
  [['exclusive'], 'exclusive'],
])('the page of %j steps through %s', async (names, chosen) => {
  expect(explored(await Promise.all(names.map(designNamed))).name).toBe(chosen);
});

describe('the Markdown', () => {
  test('has the same number of cells in each row as in the head', () => {
    const compiled = tablesOf(markdown);
    expect(compiled.length).toBeGreaterThan(broken.length / 2);
    for (const [head, ...rows] of compiled)
      for (const row of rows) expect(cellsOf(row).length, row).toBe(cellsOf(head!).length);
  });

  test('has an anchor for every broken cell, its calls after it, and a chart of every design', () => {
    for (const { rule, design, calls } of broken) {
      expect(markdown).toContain(`](#${rule}@${design})`);
      const [, after] = markdown.split(`<a id="${rule}@${design}"></a>`);
      const [story] = tablesOf(after!);
      expect(story!.slice(2).map((row) => cellsOf(row)[1]!.split('<br>')[0]!.trim())).toEqual(
        calls.map((call) => `\`${call}\``),
      );
    }
    for (const design of DESIGNS)
      expect(markdown).toContain(
        `\`\`\`mermaid\n---\ntitle: "record in ${design}"\n---\nstateDiagram-v2\n`,
      );
  });
});

describe('the text', () => {
  test('keeps to 75 columns', () => {
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(75);
  });

  test('has every broken rule with its calls, numbered', () => {
    for (const { rule, calls } of broken) {
      const stories = text
        .split('\n\n')
        .map((block) => [...block.matchAll(/^ {2,3}\d+\. (.*?)(?: {2}|$)/gm)].map((m) => m[1]));
      expect(text).toMatch(new RegExp(`^${rule}$`, 'm'));
      expect(stories).toContainEqual(calls);
    }
  });
});

describe('a finding', () => {
  const typed = ['review', '--scope', 'small', '--quiet', '--finding'];
  const mailOf = async ({ rule, design }: Broken): Promise<string> => {
    const ran = await recwalk([...typed, `${rule}@${design}`, '-o', there('f.txt')]);
    expect(ran).toEqual({ code: 0, stdout: '', stderr: '' });
    return readFileSync(there('f.txt'), 'utf8');
  };

  test('that a kernel showed contains the kernel and a story that replay reads', SLOW, async () => {
    const finding = broken.find(({ seen }) => seen.length > 0)!;
    const mail = await mailOf(finding);
    for (const line of mail.split('\n')) expect(line.length, line).toBeLessThanOrEqual(75);
    const [, file, story] = /^--- (\S+\.story)\n([\s\S]*)^--- end$/m.exec(mail)!;
    expect(mail).toContain(`recwalk replay ${file} --kernel debian:`);
    const { notes, steps } = parseStory(story!, file!);
    expect(notes).toEqual([`design ${finding.design}`, 'scope small']);
    expect(steps.map(({ call }) => call)).toEqual(finding.calls);
    expect(mail).toContain(`On ${finding.seen[0]}: `);
    // The command in the mail makes the module that the mail mentions.
    const [, command] = /^ +recwalk (paths (?:.*\\\n)*.*)$/m.exec(mail)!;
    writeFileSync(there(file!), story!);
    const typed = command!.split(/[\s\\]+/).map((word) => (word === file ? there(word) : word));
    const made = await recwalk([...typed.slice(0, -1), there(typed.at(-1)!)]);
    expect(made).toMatchObject({ code: 0, stdout: '' });
    expect(existsSync(there(`reproducer/${finding.rule}.c`))).toBe(true);
  });

  test('that no kernel showed is presented as a claim about a model', SLOW, async () => {
    const finding = broken.find(({ design }) => design === 'proposal')!;
    const mail = await mailOf(finding);
    expect(mail).toContain('On no kernel.');
    expect(mail).not.toMatch(/^Kernel and config$|^ +recwalk replay/m);
    for (const call of finding.calls) expect(mail).toContain(`. ${call}\n`);
  });
});

test('the mail in docs/review.md equals the output of its command', SLOW, async () => {
  const doc = readFileSync(join(root, 'docs/review.md'), 'utf8');
  const [, finding] = /review --finding (\S+) -o/.exec(doc)!;
  await recwalk(['review', '--finding', finding!, '-o', there('doc.txt')]);
  const mail = readFileSync(there('doc.txt'), 'utf8');
  const [, block] = /```text\n([\s\S]*?)```/.exec(doc)!;
  const passages = block!.split(/^\.\.\.\n/m).filter((passage) => passage !== '');
  expect(passages).toHaveLength(2);
  for (const passage of passages) expect(mail).toContain(passage);
});

test('two runs write the same bytes', SLOW, async () => {
  expect(await written('again.html')).toBe(html);
});

test('a review that a limit stopped is written, and reports the limit', SLOW, async () => {
  const flags = { ...FLAGS, maxStates: 50, output: there('half.txt') };
  expect(await review(['proposal'], flags)).toBe(3);
  const half = readFileSync(there('half.txt'), 'utf8');
  expect(half).toMatch(/stopped \(states\): 50 states/);
  expect(half).toMatch(/^\? {2}unknown/m);
});

test('a finding that a limit stopped is not written', SLOW, async () => {
  const args = ['review', '--finding', 'ftrace-lives@proposal', '--max-states', '9', '--quiet'];
  const { code, stderr } = await recwalk([...args, '-o', there('none.txt')]);
  expect({ code, stderr }).toEqual({
    code: 3,
    stderr: 'ftrace-lives@proposal: stopped before the verdict was known; nothing is written\n',
  });
  expect(existsSync(there('none.txt'))).toBe(false);
});

const cell = (finding: string) => ({ finding, output: there('x.txt') });
test.each([
  ['RW041', /r\.pdf.*\.html, \.md, \.txt/, ['proposal'], { output: there('r.pdf') }],
  ['RW011', /"nosuch"/, ['nosuch'], { output: there('x.txt') }],
  ['RW010', /records=x/, ['proposal'], { output: there('x.txt'), scope: 'records=x' }],
  ['RW043', /"no-warning".*RULE@DESIGN/, [], cell('no-warning')],
  ['RW012', /"nosuch"/, [], cell('nosuch@proposal')],
  ['RW011', /"nosuch"/, [], cell('no-warning@nosuch')],
  ['RW044', /no-warning@proposal: the rule holds/, [], cell('no-warning@proposal')],
  [
    'RW044',
    /no goal in this scope/,
    [],
    { ...cell('combinations-are-possible@proposal'), scope: 'tracer=1' },
  ],
  ['RW042', /omit proposal/, ['proposal'], cell('no-warning@proposal')],
  ['RW042', /omit one of them/, [], { ...cell('no-warning@proposal'), fix: true }],
  ['RW042', /x\.md.*\.txt/, [], { ...cell('no-warning@proposal'), output: there('x.md') }],
  ['RW028', /cannot be written/, ['proposal'], { output: 'README.md/x.txt' }],
] as const)('%s: %s', SLOW, async (code, description, names, flags) => {
  const refused = review(names, { ...FLAGS, ...flags });
  await expect(refused).rejects.toMatchObject({
    code,
    message: expect.stringMatching(description),
  });
  expect(existsSync(flags.output)).toBe(false);
});
