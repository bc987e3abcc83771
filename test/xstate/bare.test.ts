import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build, recwalk } from '../cli/recwalk.js';

const at = (name: string) => `test/xstate/${name}`;
const WIZARD = 'docs/examples/wizard.ts';
const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const there = (name: string) => join(folder, name);

beforeAll(build, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('a file that exports a machine is a target', { timeout: 600_000 }, () => {
  test.each([
    ['corpus/toggle.ts', 'toggle: the machine toggle'],
    ['corpus/toggle.ts#toggle', 'toggle: the machine toggle'],
    ['../../docs/examples/wizard.ts', 'wizard: a form in two steps'],
    ['../../docs/examples/wizard.ts#wizard', 'wizard: a form in two steps'],
    ['forms/several.mjs#fan', 'fan: the machine fan'],
    ['forms/unnamed.js', 'unnamed: the machine unnamed'],
    ['project/src/machines/panel.tsx', 'panel: the machine panel'],
    ['project/src/machines/bundled.js', 'panel in JavaScript: the machine panel in JavaScript'],
    ['forms/commonJs.cjs', 'gate: the machine gate'],
  ])('check %s', async (file, line) => {
    const { code, stdout } = await recwalk(['check', at(file)]);
    expect(stdout).toContain(`${line}\n  all paths explored: `);
    expect(code).toBe(0);
  });

  test.each([
    [
      'forms/several.mjs',
      'RW069: test/xstate/forms/several.mjs exports the machines fan, lamp; type one of them, for example test/xstate/forms/several.mjs#fan',
    ],
    [
      'forms/several.mjs#lmap',
      'RW069: test/xstate/forms/several.mjs exports no machine "lmap"; did you mean lamp? the names are fan, lamp',
    ],
    [
      'forms/wildcard.ts',
      `RW114: machine mouse has a transition for "mouse.*", which names no event; declare events that it matches: export const recwalk = { events: [{ type: 'mouse.anything' }] }`,
    ],
  ])('check %s is refused in one line', async (file, line) => {
    const { code, stdout, stderr } = await recwalk(['check', at(file)]);
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `recwalk: ${line}\n` });
  });

  test('paths', async () => {
    const { stdout } = await recwalk(['paths', at('corpus/toggle.ts')]);
    expect(stdout).toBe('# path 1\n# design toggle\npress\n  in on (lit)\npress\n  in off\n');
  });

  test('play', async () => {
    const steps = 'fill {"field":"name","text":"Ada"}; next';
    const { stdout } = await recwalk(['play', WIZARD, steps]);
    expect(stdout).toMatch(/ 1 {2}fill .* {2}in name\n {2}2 {2}next +in email\n/);
  });

  test('export, of its states and of its chart', async () => {
    const states = await recwalk(['export', WIZARD, '--to', 'json']);
    expect(JSON.parse(states.stdout).states).toHaveLength(7);
    const chart = await recwalk(['export', `${WIZARD}#wizard`, '--to', 'mermaid']);
    expect(chart.stdout).toContain('name --> email : next [has name]');
  });

  test('diff', async () => {
    const { stdout, code } = await recwalk([
      'diff',
      at('corpus/toggle.ts'),
      at('forms/unnamed.js'),
    ]);
    expect(stdout).toContain('toggle and unnamed differ: 1 divergence class');
    expect(code).toBe(1);
  });

  test.each(['review', 'explore'])('%s', async (command) => {
    const { code } = await recwalk([
      command,
      at('corpus/toggle.ts'),
      '-o',
      there(`${command}.html`),
    ]);
    expect(code).toBe(0);
    expect(readFileSync(there(`${command}.html`), 'utf8')).toContain('the machine toggle');
  });
});
