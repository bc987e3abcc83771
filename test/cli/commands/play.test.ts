import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseSteps } from '../../../src/cli/shared/play/steps.js';
import { build, recwalk } from '../recwalk.js';

const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
beforeAll(build, 600_000);
afterAll(() => rmSync(folder, { recursive: true }));

const play = (...args: string[]) => recwalk(['play', ...args]);

const GROWS = 'add X 1; register X; add B 2; register B; add X 2';

test('steps are separated by semicolons or lines; comments and outcomes of stories are not steps', () => {
  const text = '# a story\nadd X 1\n  0\nregister  X # all of it\nadd B 2 ;; register B';
  expect(parseSteps(text)).toEqual(['add X 1', 'register X', 'add B 2', 'register B']);
});

describe('recwalk play', () => {
  test('prints each outcome, and each rule where it breaks; the scope is the smallest with the steps', async () => {
    const { code, stdout } = await play('linux-6.12', GROWS);
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('linux-6.12, scope records=2,ipmodify=1,bpf=1');
    expect(lines.filter((line) => /^ +\d/.test(line)).map((line) => line.trim())).toEqual([
      '1  add X 1                   0',
      '2  register X records 1      0; 1: (1) RI. - ran X',
      '3  add B 2                   0',
      '4  register B records 2      0; 2: (1) R.D B.a ran B.a',
      '5  add X 2                   0; 2: (2) RID B.a ran X,B.a',
    ]);
    const broken = stdout.slice(stdout.indexOf('add X 2 '));
    expect(broken).toContain('breaks ipmodify-joins-after-yes: ');
    expect(stdout.match(/breaks consent-is-exact/g)).toHaveLength(1);
    expect(code).toBe(1);
  });

  test('exit code 0 where no rule breaks', async () => {
    const { code, stdout } = await play('proposal', 'add T 1; register T');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('1: (1) ... - ran T'),
    });
  });

  test('reads a file or stdin', async () => {
    const file = join(folder, 'report');
    writeFileSync(file, GROWS.replaceAll('; ', '\n'));
    const { stdout } = await play('linux-6.12', GROWS);
    expect((await play('linux-6.12', file)).stdout).toBe(stdout);
  });

  test('--json has alternatives: the order in which the kernel visits functions is its own choice', async () => {
    const steps = 'add W 1; add W 2; register W; add X 1; add X 2; register X';
    const { stdout } = await play('linux-6.12', steps, '--json');
    const { scope, steps: made } = JSON.parse(stdout);
    expect(scope).toBe('records=2,ipmodify=1,willing=1');
    expect(made.at(-1)).toMatchObject({
      call: 'register X records 1,2',
      alternatives: ['register X records 2,1'],
      outcome: expect.arrayContaining(['0', 'W PEER 0']),
    });
  });

  test('clients of a kernel in the smallest scope', async () => {
    const typed = 'register kprobe P; register kprobe Q; unregister kprobe P; unregister kprobe Q';
    const { code, stdout } = await play('clients@linux-6.12', typed);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^clients@linux-6\.12, scope kprobe=1,post=1$/m);
    expect(stdout).toMatch(/^ {2}4 {2}unregister kprobe Q +0; WARN\n {5}breaks nothing-warns: /m);
  });

  test('a network of your own', async () => {
    const { code, stdout } = await play('docs/examples/checkout.ts', 'the customer checks out');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}1 {2}the customer checks out/m);
  });

  test.each([
    ['no step', ['linux-6.12', ' ; '], /RW065: " ; " has no step/],
    [
      'a step that the model does not have',
      ['clients@linux-6.12', 'attach fentry; atach fexit'],
      /RW066: clients@linux-6\.12 has no step "atach fexit"; did you mean "attach fexit"\?/,
    ],
    [
      'a step that is not enabled',
      ['clients@linux-6.12', 'detach fentry'],
      /RW307: "detach fentry" is not enabled in this state of clients@linux-6\.12; enabled are attach fentry/,
    ],
  ])('%s is one line and exit code 2', async (_, typed, line) => {
    const { code, stderr } = await play(...typed);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(line) });
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

test.skipIf(process.env.RECWALK_KERNEL_TESTS === undefined)(
  'beside a kernel',
  { timeout: 600_000 },
  async () => {
    const typed = ['play', 'linux-6.12', GROWS, '--kernel', 'debian:6.12'];
    const { code, stdout } = await recwalk(typed, process.env);
    expect(stdout).toMatch(/^linux-6\.12, .*, beside Debian 6\.12\./);
    expect(stdout).not.toContain('the kernel differs');
    expect(code).toBe(1);
  },
);
