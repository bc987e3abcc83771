import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build, fixture, recwalk, root } from '../recwalk.js';

const SLOW = { timeout: 600_000 };
const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const small = ['--scope', 'small'];

beforeAll(build, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('recwalk export', SLOW, () => {
  test.concurrent.each([
    [
      'stately',
      /^\/\/ The machine "slot" of recwalk: .*\n(\/\/ .*\n)+import \{ .*setup \} from 'xstate';\n/,
    ],
    ['json', /^\{\n {2}"description": "The machine \\"slot\\" of recwalk: .*",\n/],
    [
      'mermaid',
      /^---\ntitle: "slot"\n---\nstateDiagram-v2\n {2}%% The machine "slot" of recwalk: /,
    ],
    ['plantuml', /^@startuml\n' The machine "slot" of recwalk: /],
    ['scxml', /^<\?xml .*\n<!--\n {2}The machine "slot" of recwalk: /],
    ['dot', /^\/\/ The machine "slot" of recwalk: .*\ndigraph "slot" \{\n/],
    [
      'svg',
      /^<svg .*\n {2}<title id="title">slot<\/title>\n {2}<desc id="desc">The machine &quot;slot&quot; of recwalk: /,
    ],
  ])('a machine as %s contains its description', async (format, description) => {
    const { code, stdout, stderr } = await recwalk(['export', 'slot', '--to', format]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(description);
  });

  test.concurrent.each(['json', 'mermaid', 'plantuml', 'dot', 'svg'])(
    'a design as %s contains its description, scope and size',
    async (format) => {
      const args = ['export', 'linux-6.12', '--to', format, ...small];
      const { code, stdout, stderr } = await recwalk(args);
      expect(stderr).toMatch(/linux-6\.12: [\d,]+ states, [\d,]+ transitions\n$/);
      expect(code).toBe(0);
      const [, states, transitions] = /([\d,]+) states, ([\d,]+) transitions\n$/.exec(stderr)!;
      expect(stdout).toContain(`${states} states, ${transitions} transitions.`);
      expect(stdout).toMatch(/The life of a record, .* of recwalk: Linux 6\.12/);
      expect(stdout).toContain('scope records=2,tracer=1,ipmodify=1,willing=1,inuse=2');
    },
  );
});

describe('recwalk export, to aut and promela', SLOW, () => {
  test('a design as aut, which has no comments: the same counts on stderr', async () => {
    const { code, stdout, stderr } = await recwalk(['export', 'proposal', '--to', 'aut', ...small]);
    const [, transitions, states] = /^des \(0, (\d+), (\d+)\)\n/.exec(stdout)!.map(Number);
    const number = (n: number) => n.toLocaleString('en-US');
    expect(stderr.split('\n').at(-2)).toBe(
      `proposal: ${number(states!)} states, ${number(transitions!)} transitions`,
    );
    expect(code).toBe(0);
  });

  test('a design as promela contains its description and size, and names everything that it leaves out', async () => {
    const args = ['export', 'linux-6.12', '--to', 'promela', ...small];
    const { code, stdout, stderr } = await recwalk(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\/\*\n \* linux-6\.12: .*\n \* scope records=2,tracer=1,/);
    expect(stdout.endsWith('od\n}\n')).toBe(true);
    expect(stderr).toMatch(
      /linux-6\.12: [\d,]+ states, [\d,]+ transitions\nlinux-6\.12: promela cannot express all-can-be-undone; omitted\n$/,
    );
  });

  test('a user file as promela', async () => {
    const { code, stdout } = await recwalk(['export', fixture('lamp.ts'), '--to', 'promela']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\/\*\n \* lamp: /);
  });

  test('a user file as aut, with the counts of check', async () => {
    const { code, stdout, stderr } = await recwalk(['export', fixture('lamp.ts'), '--to', 'aut']);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `${fixture('lamp.ts')}: 2 states, 2 transitions\n`,
    });
    expect(stdout).toMatch(/^des \(0, 2, 2\)\n\(0, "press", 1\)\n\(1, "press", 0\)\n$/);
  });

  test('a file as aut names the calls that lead to no state', async () => {
    const bank = fixture('goes-wrong.ts');
    const { code, stdout, stderr } = await recwalk(['export', bank, '--to', 'aut']);
    expect({ code, states: stdout.split('\n')[0] }).toEqual({ code: 0, states: 'des (0, 2, 2)' });
    expect(stderr).toBe(
      [
        `${bank}: 2 states, 4 transitions`,
        `${bank}: aut cannot express ask (vault has no transition for open in this state), 1 transition; omitted`,
        `${bank}: aut cannot express call (vault has no transition for open in this state), 1 transition; omitted`,
        '',
      ].join('\n'),
    );
  });

  test('clients as aut', async () => {
    const args = ['export', 'clients@linux-6.1', '--to', 'aut', ...small];
    const { code, stdout } = await recwalk(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^des \(0, \d+, \d+\)\n\(0, "/);
  });

  test('-o writes the same output to a file', async () => {
    const file = join(folder, 'record.svg');
    const { code, stdout } = await recwalk(['export', 'record', '--to', 'svg', '-o', file]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(join(root, 'docs/record.svg'), 'utf8'));
  });

  test.each(['aut', 'promela'])('%s stopped by a limit: exit 3, and no file', async (format) => {
    const file = join(folder, `half.${format}`);
    const args = ['export', 'proposal', '--to', format, '--max-states', '50', '-o', file];
    const { code, stdout, stderr } = await recwalk(args);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toMatch(
      /proposal: stopped \(states\) after 50 states, .*; nothing is written\n$/,
    );
    expect(existsSync(file)).toBe(false);
  });
});

describe('the formats of docs/charts.md', SLOW, () => {
  const commands = readFileSync(join(root, 'docs/charts.md'), 'utf8').match(
    /recwalk export [^`\n]*/g,
  )!;

  test.concurrent.each(commands)('%s', async (command) => {
    const [, ...args] = command.split(' ');
    const at = args.indexOf('-o');
    const file = join(folder, args[at + 1]!.replace('/', '-'));
    const { code, stderr } = await recwalk([...args.with(at + 1, file), '--quiet']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(readFileSync(file, 'utf8')).not.toBe('');
  });

  test('are complete', async () => {
    const { stderr } = await recwalk(['export', 'record', '--to', 'nosuch']);
    const formats = /type (.*)\n$/.exec(stderr)![1]!.split(', ');
    const shown = commands.map((command) => / --to (\w+)/.exec(command)![1]);
    expect(new Set(shown)).toEqual(new Set(formats));
  });
});
