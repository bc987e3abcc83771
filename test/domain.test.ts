import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JSDOM } from 'jsdom';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { GIVEN, type Given, HOST } from '../src/explorer/given.js';
import { build, fixture, recwalk } from './cli/recwalk.js';

const LAMPS = fixture('lamps.ts');
const [FRAGILE, SWITCHED] = [`${LAMPS}#fragile`, `${LAMPS}#switched`];
const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const there = (name: string) => join(folder, name);
const json = async (...args: string[]) => JSON.parse((await recwalk([...args, '--json'])).stdout);
/** Writes an output file, and returns its text. */
async function written(name: string, ...args: string[]): Promise<string> {
  const { code, stderr } = await recwalk([...args, '-o', there(name), '--quiet']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return readFileSync(there(name), 'utf8');
}

beforeAll(build, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('a domain in a file', { timeout: 600_000 }, () => {
  test('check: every design of the file, or one, in a scope of the domain', async () => {
    const { results } = await json('check', LAMPS, '--scope', 'two');
    expect(
      results.map(({ design, states, rules }: Record<string, never>) => [design, states, rules]),
    ).toMatchObject([
      ['fragile', 9, [{ verdict: 'broken' }, { verdict: 'holds' }, { verdict: 'broken' }]],
      ['switched', 4, [{ verdict: 'holds' }, { verdict: 'holds' }, { verdict: 'holds' }]],
    ]);
    const one = await recwalk(['check', FRAGILE, '--rule', 'whole']);
    expect(one.code).toBe(1);
    expect(one.stdout).toContain('all paths explored: 3 states');
    expect(one.stdout).toContain('press lamp 1  bang; broken');
    expect((await recwalk(['check', SWITCHED, '--scope', 'lamps=3'])).stdout).toContain('8 states');
    const cell = await recwalk(['check', '--explain', `whole@${FRAGILE}`]);
    expect(cell.stdout).toContain('BROKEN in fragile: whole');
  });

  test('paths: of one design, with the scope to read back', async () => {
    const { stdout } = await recwalk(['paths', SWITCHED, '--to', 'json', '--scope', 'two']);
    const { design, scope, coverage } = JSON.parse(stdout);
    expect({ design, scope, taken: coverage.taken }).toEqual({
      design: 'switched',
      scope: 'lamps=2',
      taken: 8,
    });
    writeFileSync(there('paths.json'), stdout);
    const again = ['paths', SWITCHED, '--from', there('paths.json'), '--cover', 'given'];
    expect((await recwalk([...again, '--scope', 'two'])).code).toBe(0);
    expect((await recwalk(again)).stderr).toContain('type --scope lamps=2');
  });

  test('diff: two designs of one file, and the feature that makes the difference', async () => {
    const { designs, turned, differences } = await json('diff', FRAGILE, SWITCHED);
    expect(designs.map(({ design }: { design: string }) => design)).toEqual([
      'fragile',
      'switched',
    ]);
    expect(turned).toEqual([
      {
        name: 'secondPress',
        description: 'the effect of a press while the lamp is on',
        values: ['breaks it', 'turns it off'],
      },
    ]);
    expect(differences).toMatchObject([
      { call: 'press lamp 1', outcomes: [['bang', 'broken'], ['off']], because: ['secondPress'] },
    ]);
  });

  test('repair: with the fixes of the domain', async () => {
    const { sets, broken } = await json('repair', FRAGILE, '--scope', 'two');
    expect(sets).toMatchObject([{ changes: ['turn-off'], states: 4 }]);
    expect(broken.map(({ rule }: { rule: string }) => rule)).toEqual(['whole', 'gets-dark']);
    const { code, stdout } = await recwalk(['repair', FRAGILE, '--without', 'turn-off']);
    expect(code).toBe(1);
    expect(stdout).toContain('fragile breaks whole, gets-dark');
  });

  test.each(['dot', 'mermaid', 'plantuml', 'svg'])(
    'export --to %s: all states, and a machine',
    async (format) => {
      const states = await written(`states.${format}`, 'export', FRAGILE, '--to', format);
      for (const text of ['0: off', '1: on', '2: broken', 'press lamp 1', 'bang'])
        expect(states.replaceAll('#58;', ':')).toContain(text);
      const machine = await written(`lamp.${format}`, 'export', `${LAMPS}#lamp 1`, '--to', format);
      for (const text of ['off', 'broken', 'press', 'bang']) expect(machine).toContain(text);
    },
  );
});

describe('output about a domain in a file', { timeout: 600_000 }, () => {
  test('export --to json, aut and promela: the whole transition system', async () => {
    const all = ['export', FRAGILE, '--scope', 'two', '--to'];
    const { states, transitions } = JSON.parse(await written('x.json', ...all, 'json'));
    expect([states.length, transitions.length]).toEqual([9, 18]);
    expect(states[0]).toEqual({
      'lamp 1': { value: 'off', context: {} },
      'lamp 2': { value: 'off', context: {} },
    });
    expect(transitions[0]).toEqual({ from: 0, to: 1, call: 'press lamp 1', outcome: ['on off'] });
    expect(await written('x.aut', ...all, 'aut')).toContain('des (0, 18, 9)');
    expect(await written('x.pml', ...all, 'promela')).toContain('active proctype');
  });

  test.each(['html', 'md', 'txt'])('review: %s, without words of a kernel', async (end) => {
    const review = await written(`review.${end}`, 'review', LAMPS, '--fix');
    const { document } = new JSDOM(end === 'html' ? review : '').window;
    for (const script of document.querySelectorAll('script, style')) script.remove();
    const text = end === 'html' ? document.body.textContent! : review;
    for (const word of [
      'Design review of lamps',
      'fragile',
      'switched',
      'No lamp is ever broken',
      'bang',
      'turn-off',
    ])
      expect(text).toContain(word);
    expect(text).not.toMatch(/kernel|ftrace|\brecord\b|owner|undefined/i);
    if (end === 'html') expect(review.match(/<svg/g)).toHaveLength(2);
    if (end === 'md') expect(review.match(/```mermaid/g)).toHaveLength(2);
  });

  test('review --finding: a mail', async () => {
    const mail = await written('mail.txt', 'review', '--finding', `whole@${FRAGILE}`);
    expect(mail).toMatch(/^Subject: lamps: whole does not hold in fragile\n/);
    expect(mail).toContain(`recwalk check --explain whole@${FRAGILE}`);
    expect(mail).not.toMatch(/kernel|ftrace/i);
  });

  test('explore: a page that needs no machines', async () => {
    const html = await written('page.html', 'explore', FRAGILE, '--scope', 'two');
    const { document } = new JSDOM(html, { runScripts: 'dangerously' }).window;
    const given: Given = JSON.parse(document.getElementById(GIVEN)!.textContent!);
    expect(given.verdicts.map(({ verdict }) => verdict)).toEqual(['broken', 'holds', 'broken']);
    const page = document.getElementById(HOST)!.shadowRoot!;
    const seen = (selector: string) =>
      [...page.querySelectorAll(selector)].map((element) => element.textContent);
    expect(seen('header p')).toEqual([
      'lamps that a second press breaks. Scope two: all paths explored, 9 states, 18 transitions.',
    ]);
    expect(seen('.offer code')).toEqual(['press lamp 1', 'press lamp 2']);
    expect(seen('tbody td')).toEqual(['off', 'off']);
    expect(seen('.machine text.name.here, .machine rect.here + text.name')).toEqual(['off', 'off']);
    expect(page.querySelectorAll('circle[data-state]')).toHaveLength(9);
    page.querySelector<HTMLElement>('[data-rule=whole] .play')!.click();
    const end = [...page.querySelectorAll('button')].find((b) =>
      b.textContent!.startsWith('To the end'),
    );
    end!.click();
    expect(seen('tbody td')).toEqual(['broken', 'off']);
    expect(seen('.machine rect.here + text.name')).toEqual(['broken', 'off']);
    expect(page.querySelector('[data-rule=whole]')!.getAttribute('data-here')).toBe('broken');
    expect(seen('.story li.present .outcome')).toEqual(['bangbroken off']);
  });

  test('inspect: a story of the domain, in its scope', async () => {
    writeFileSync(there('a.story'), '# scope lamps=2\npress lamp 2\n  off on\n');
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    const address = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const ran = await recwalk(['inspect', there('a.story'), '--on', SWITCHED, '--to', address]);
    server.close();
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toContain('a.story on switched: 1 call');
  });
});

describe('errors in a domain', { timeout: 600_000 }, () => {
  const domain = (rest: string) =>
    `export default { name: 'd', rules: [], network: () => { throw new Error('no') }, ${rest} };\n`;
  const design = (name: string) =>
    `{ name: '${name}', date: '2026-01-01', description: 'd', source: 's', features: {}, breaks: [] }`;
  const files: Readonly<Record<string, string>> = {
    'throws.mjs': domain(`designs: [${design('a')}]`),
    'twins.mjs': domain(`designs: [${design('a')}, ${design('a')}]`),
    'odd.mjs': domain(`designs: [${design('a')}], design: 1`),
    'none.mjs': 'export default { name: 1 };\n',
  };

  test.each([
    [['paths', LAMPS], /RW060: .*lamps\.ts has the designs fragile, switched; type one of them/],
    [['check', `${LAMPS}#fragil`], /RW011: .*has no design "fragil"; did you mean fragile\?/],
    [
      ['check', FRAGILE, '--rule', 'hole'],
      /RW012: .*#fragile has no rule "hole"; did you mean whole/,
    ],
    [['repair', FRAGILE, '--without', 'nosuch'], /RW024: .*the names are turn-off/],
    [['replay', FRAGILE, '--kernel', 'debian:6.1'], /RW061: .*#fragile models no kernel/],
    [
      ['review', 'linux-6.12', LAMPS, '-o', there('no.txt')],
      /RW064: .*ftrace.*lamps; write a review/,
    ],
    [['export', FRAGILE, '--to', 'scxml'], /RW027: .*for a file type aut, dot, json/],
    [
      ['export', FRAGILE, '--scope', 'lamps=6', '--to', 'svg'],
      /RW063: fragile has 729 states.*400/,
    ],
    [['export', `${LAMPS}#lamp 1`, '--to', 'dot', '--scope', 'two'], /RW013: .*is a machine/],
    [['check', there('throws.mjs')], /RW214: network\(\) of .*throws\.mjs throws: .*no/],
    [['check', there('twins.mjs')], /RW212: domain d has two designs named "a"/],
    [['check', there('odd.mjs')], /RW210: domain d has an unknown property "design"/],
    [['check', there('none.mjs')], /RW016: .*exports no machine, no network and no domain/],
  ] as const)('%j is bad input', async (args, error) => {
    for (const [name, text] of Object.entries(files)) writeFileSync(there(name), text);
    const { code, stdout, stderr } = await recwalk([...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(error);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
