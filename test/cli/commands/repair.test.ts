import { beforeAll, describe, expect, test } from 'vitest';
import { IN_ALL, isExhaustive } from '../../effort.js';
import { build, recwalk } from '../recwalk.js';

const SLOW = { timeout: 600_000 };
beforeAll(build, 600_000);

const one = ['--scope', 'records=1,ipmodify=1,willing=1', '--rule', 'new-trampoline-after-yes'];

describe('recwalk repair', SLOW, () => {
  test('finds the commit that fixed it, and the rules that break without it', async () => {
    const { code, stdout, stderr } = await recwalk(['repair', 'linux-6.0', ...one, '--quiet']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('linux-6.0 breaks new-trampoline-after-yes');
    expect(stdout).toMatch(/the one smallest set of fixes .* has 1 fix /);
    expect(stdout).toMatch(/^ 1 {2}ask-on-modify$/m);
    expect(stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /without ask-on-modify: new-trampoline-after-yes: add X 1 · [^:]* · modify W /,
    );
    expect(stdout).toContain('3e9a18e1c3e9');
  });

  test('prints JSON for programs', async () => {
    const { code, stdout } = await recwalk(['repair', 'linux-6.0', ...one, '--json', '--quiet']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      tool: 'recwalk',
      design: 'linux-6.0',
      broken: [{ rule: 'new-trampoline-after-yes' }],
      stopped: false,
      sets: [{ changes: ['ask-on-modify'], without: [{ change: 'ask-on-modify' }] }],
    });
  });

  test('lists the rules that stay broken if no set fixes everything', async ({ skip }) => {
    skip(!isExhaustive, `256 searches: ${IN_ALL}`);
    const { code, stdout } = await recwalk([
      ...['repair', 'linux-7.0', '--scope', 'records=2,ipmodify=1,moving=1'],
      ...['--rule', 'entry-is-exact', '--quiet'],
    ]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/no set of the 8 fixes below fixes everything \(256 of 256 sets/);
    expect(stdout).toMatch(/^entry-is-exact alone\n {2}is fixed by no set of them$/m);
  });

  test('leaves out the fixes of --without', async () => {
    const { code, stdout } = await recwalk([
      ...['repair', 'linux-6.0', ...one, '--quiet', '--without', 'ask-on-modify'],
      ...['ask-per-record', 'consent-per-record', 'clear-on-failure', 'notify-on-failure'],
      ...['ask-on-growth', 'recount-without-leaving', 'check-before-asking'],
    ]);
    expect(code).toBe(1);
    expect(stdout).toContain('no set of the 3 fixes below fixes everything (8 of 8 sets explored');
    expect(stdout).not.toMatch(/^ {2}ask-on-modify$/m);
  });

  test('claims nothing about unexplored sets', async () => {
    const { code, stdout } = await recwalk(['repair', 'linux-6.0', ...one, '--max-states', '3']);
    expect(code).toBe(3);
    expect(stdout).toContain('stopped');
    expect(stdout).not.toContain('under which every rule holds');
  });
});
