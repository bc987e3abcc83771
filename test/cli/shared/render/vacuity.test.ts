import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../../../src/cli/shared/report.js';
import { build, fixture, recwalk } from '../../recwalk.js';

const SLOW = { timeout: 120_000 };
const LAMP = fixture('lamp.ts');
const VACUOUS = fixture('vacuous-lamp.ts');
const SMALL = ['linux-6.12', '--scope', 'small', '--rule', 'exclusive-flags', 'one-direct'];

beforeAll(build, 240_000);

describe('check of a file', SLOW, () => {
  test('lists everything that was not exercised under its own heading', async () => {
    const { code, stdout, stderr } = await recwalk(['check', VACUOUS]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [, list] = stdout.split('\n\nnot exercised in vacuous lamp:\n');
    expect(list!.split('\n')).toEqual([
      '  stimuli that no state enables:',
      ...Array.from({ length: 8 }, (_, i) => `    ring ${i + 1} times`),
      '    and 4 more: --vacuity lists all',
      '  components that no message reaches:',
      '    bell',
      '  transitions that are never taken:',
      '    lamp: off on press #2 -> broken',
      '    lamp: on on dim -> dimmed',
      '    bell: wired on ring',
      '  states that are never entered:',
      '    lamp: dimmed',
      '    lamp: broken',
      '    bell: wired',
      '  guards that never give both answers:',
      '    lamp: "is mains there" is always true',
      '  rules that hold and read nothing that changes:',
      '    rings',
      '',
    ]);
  });

  test('lists everything with --vacuity', async () => {
    const { stdout } = await recwalk(['check', VACUOUS, '--vacuity']);
    expect(stdout.match(/ring \d+ times/g)).toHaveLength(12);
    expect(stdout).not.toContain('more:');
  });

  test('prints nothing if everything was exercised, or the search was stopped', async () => {
    for (const args of [[LAMP], [VACUOUS, '--max-states', '1']])
      expect((await recwalk(['check', ...args, '--vacuity'])).stdout).not.toContain('exercised');
  });

  test('is in JSON if the search was complete', async () => {
    const { stdout } = await recwalk(['check', VACUOUS, LAMP, '--json']);
    const { results }: Report = JSON.parse(stdout);
    expect(results[0]!.vacuity).toEqual({
      stimuli: Array.from({ length: 12 }, (_, i) => `ring ${i + 1} times`),
      components: ['bell'],
      machines: [
        {
          components: ['lamp'],
          transitions: [
            { from: 'off', event: 'press', nth: 2, to: ['broken'] },
            { from: 'on', event: 'dim', to: ['dimmed'] },
          ],
          states: ['dimmed', 'broken'],
          guards: [{ name: 'is mains there', only: true }],
        },
        {
          components: ['bell'],
          transitions: [{ from: 'wired', event: 'ring', to: [] }],
          states: ['wired'],
          guards: [],
        },
      ],
      rules: ['rings'],
    });
    expect(results[1]!.vacuity).toEqual({ stimuli: [], components: [], machines: [], rules: [] });
    const stopped = await recwalk(['check', VACUOUS, '--json', '--max-states', '1']);
    expect(JSON.parse(stopped.stdout).results[0]).not.toHaveProperty('vacuity');
  });
});

describe('check of a design', SLOW, () => {
  test('has one line of counts for each of a few targets', async () => {
    const { stdout } = await recwalk(['check', ...SMALL]);
    expect(stdout).toMatch(
      /^not exercised in linux-6.12: \d+ transitions, \d+ states, \d+ guards and 1 rule \(recwalk check linux-6.12 --scope small --vacuity\)$/m,
    );
    expect(stdout.match(/exercised/g)).toHaveLength(1);
  });

  test('has one line of counts for a matrix', async () => {
    const { stdout } = await recwalk(['check', ...SMALL.slice(1)]);
    expect(stdout).toMatch(
      /\nnot exercised: .* \(recwalk check DESIGN --scope small --vacuity\)\n$/,
    );
    expect(stdout.match(/exercised/g)).toHaveLength(1);
  });

  test('lists all of it with --vacuity', async () => {
    const { stdout } = await recwalk(['check', ...SMALL, '--vacuity']);
    expect(stdout).toMatch(/^not exercised in linux-6.12:$/m);
    expect(stdout).toMatch(/^ {4}X, W, T: idle on /m);
    expect(stdout).toMatch(/^ {4}exclusive-flags$/m);
  });

  test('prints no counts with the story of one rule', async () => {
    const cell = ['check', '--explain', 'exclusive-flags@linux-6.12', '--scope', 'small'];
    expect((await recwalk(cell)).stdout).not.toContain('exercised');
    expect((await recwalk([...cell, '--vacuity'])).stdout).toContain(
      'not exercised in linux-6.12:',
    );
  });
});

describe('--strict', SLOW, () => {
  test('exits with 1 and gives the reason in one line', async () => {
    const { code, stderr } = await recwalk(['check', VACUOUS, LAMP, '--strict', '--quiet']);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `recwalk: --strict: ${VACUOUS} does not exercise 12 stimuli, 1 component, 3 transitions, 3 states, 1 guard and 1 rule, and cannot express a goal in its scope; give a scope or stimuli that exercise it, or remove it (--vacuity lists it)\n`,
    );
    expect((await recwalk(['check', ...SMALL, '--strict'])).code).toBe(1);
  });

  test('changes nothing if everything was exercised', async () => {
    expect(await recwalk(['check', LAMP, '--strict'])).toMatchObject({ code: 0, stderr: '' });
  });

  test('changes nothing for a search that was stopped', async () => {
    const { code, stderr } = await recwalk(['check', VACUOUS, '--strict', '--max-states', '1']);
    expect(code).toBe(3);
    expect(stderr).not.toContain('--strict');
  });
});
