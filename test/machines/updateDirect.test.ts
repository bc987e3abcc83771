import { expect, test } from 'vitest';
import { opsOf, parseScope } from '../../machines/scopes.js';
import { storyLines } from '../../src/cli/shared/render/storyLines.js';
import { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import { network } from './networks.js';

/** The outcomes of the calls of a story, or `disabled` for a call that no caller of the scope makes there. */
async function outcomesOf(design: string, scope: string, story: string): Promise<string[]> {
  const made = await network(design, scope, []);
  const calls = story.split('; ');
  const path = calls.map((call) => made.stimuli.findIndex((s) => s.description === call));
  expect(path, story).not.toContain(-1);
  return storyLines(new CompiledSystem(made), path, false).map((line, i) =>
    line.slice(line.indexOf(calls[i]!) + calls[i]!.length).trim(),
  );
}
const lastOf = async (...story: Parameters<typeof outcomesOf>) =>
  (await outcomesOf(...story)).at(-1);

const ALONE = 'records=2,ipmodify=1,bpf=1';
const BESIDE = 'records=2,absent=1,willing=1,bpf=1';
const MISUSE = 'records=2,bpf=1,willing=1,tracer=1,misuse=1';
const X1 = 'add X 1; register X records 1';

test('another trampoline that was not rebuilt is asked again: WARN, -EBUSY', async () => {
  const story =
    'add X 3; register X records 3; direct add B 1,2; add X 1; direct mod B 2; direct mod B 2';
  expect((await outcomesOf('linux-7.3', 'records=3,ipmodify=1,bpf=1', story)).slice(-2)).toEqual([
    '-EAGAIN; B SELF(1) -EAGAIN',
    '-EBUSY; B SELF(1) -EBUSY; WARN',
  ]);
});

test.each([
  // Each call has trampolines of its own: one entry changes, the other stays.
  [ALONE, 'direct add B 1,2; direct mod B 2', '0; 2: (1) R.D B.b ran B.b'],
  // A later add asks about the functions that it adds only; a mod asks about all functions of the ops.
  [ALONE, `${X1}; direct add B 1; direct add B 1`, '0; B SELF(1) 0; 1: (2) RID B.a ran X,B.a'],
  [ALONE, `${X1}; direct add B 1; direct add B 1; direct add B 2`, '0; 2: (1) R.D B.a ran B.a'],
  [
    ALONE,
    `${X1}; direct add B 1; direct add B 1; direct add B 2; direct mod B 2`,
    '0; B SELF(1) 0; 2: (1) R.D B.b ran B.b',
  ],
  // A later add that is refused leaves nothing in the table.
  [
    ALONE,
    `direct add B 1; add X 2; register X records 2; direct add B 2; direct del B 1; direct add B 1,2`,
    '0; B SELF(2) 0; 1: (1) R.D B.a ran B.a; 2: (2) RID B.a ran X,B.a',
  ],
  // An IPMODIFY ops that leaves tells the owners of its functions only.
  [
    ALONE,
    'direct add B 1,2; add X 1; register X records 1; unregister X records 1',
    '0; B DISABLE(1) 0; 1: (1) R.D B.a ran B.a',
  ],
  // A partial del is a filter change, so R stays where another ops is.
  [
    'records=2,tracer=1,bpf=1',
    'direct add B 1,2; add T 1; register T records 1; direct del B 1',
    '0; 1: (1) R.. - ran T',
  ],
  // A full del is an unregister.
  [
    'records=2,tracer=1,bpf=1',
    'direct add B 1; add T 1; register T records 1; direct del B 1',
    '0; 1: (1) ... - ran T',
  ],
  // The table is shared with ops that have one trampoline: -EBUSY there, -EINVAL for the whole set here.
  [BESIDE, 'direct add B 1; add A 1; register A records 1', '-EBUSY'],
  [BESIDE, 'add A 1; register A records 1; direct add B 1,2', '-EINVAL'],
  [
    BESIDE,
    'add A 1; register A records 1; direct add B 2; unregister A records 1; direct add B 1',
    '0; 1: (1) R.D B.a ran B.a',
  ],
  // A later add drops the notrace entries of the ops.
  [
    'records=2,bpf=1,notrace=1',
    'notrace B 1; direct add B 1; direct add B 2',
    '0; 1: (1) R.D B.a ran B.a; 2: (1) R.D B.a ran B.a',
  ],
])('linux-7.0, scope %s: %s', async (scope, story, outcome) => {
  expect(await lastOf('linux-7.0', scope, story)).toBe(outcome);
});

test.each([
  ['direct add B none', '-EINVAL'],
  ['direct del B 1', '-EINVAL'],
  ['direct mod B 1', '-EINVAL'],
  ['direct add B 1; direct del B none', '-EINVAL'],
  ['direct add B 1; direct mod B none', '-EINVAL'],
  ['direct add B 1; direct add B 1,2', '-EINVAL'],
  ['direct add B 1; direct del B 1,2', '-EINVAL'],
  ['direct add B 1,2; direct del B 1 other', '-EINVAL'],
  // mod looks for no function: another ops' trampoline is replaced, and stays when that ops leaves.
  ['direct add B 1; direct mod B 2', '0'],
  ['direct add B 1; add W 2; register W records 2; direct mod B 2', '0; 2: (1) R.D B.b ran B.b'],
  [
    'direct add B 1; add W 2; register W records 2; direct mod B 2; direct del B 2',
    '-ENOMEM; WARN',
  ],
  [
    'direct add B 2; direct mod B 1; direct del B 2; direct add B 1; direct del B 1',
    '0; 1: (0) ... - ran -',
  ],
  // One function twice: add and del count it, and patch the function once.
  ['direct add B 2; direct add B 1,1', '0; 1: (1) R.D B.a ran B.a'],
  ['direct add B 1,1; direct del B 1', '0'],
  ['direct add B 1,1; direct del B 1; direct del B 1', '0; 1: (0) ... - ran -'],
  ['direct add B 1,1; direct del B 1,1', '0; 1: (0) ... - ran -'],
  ['direct add B 1; direct del B 1,1', '-ENOMEM; WARN'],
  // mod changes one of two entries; a copy of the table swaps them, and the text calls the other one.
  ['direct add B 1,1; direct mod B 1; direct del B 1', '0'],
  [
    'direct add B 1,1; direct mod B 1; add T 1; register T records 1',
    '0; 1: (2) R.D B.b ran B.b,T',
  ],
  [
    'direct add B 1,1; direct mod B 1; direct add B 2; add T 1; register T records 1',
    '-ENODEV; WARN; DEAD',
  ],
])('linux-7.0, misuse: %s', async (story, outcome) => {
  expect(await lastOf('linux-7.0', MISUSE, story)).toBe(outcome);
});

test('linux-7.3 refuses to switch ftrace off, linux-7.2 does not', async () => {
  const scope = 'records=1,tracer=1,sysctl=1';
  expect(await outcomesOf('linux-7.3', scope, 'ftrace_enabled 0')).toEqual(['-EOPNOTSUPP']);
  expect(await outcomesOf('linux-7.2', scope, 'ftrace_enabled 0')).toEqual(['0']);
});

test('only the ops of BPF trampolines has these calls, and only from 7.0', async () => {
  const direct = async (design: string) =>
    (await network(design, BESIDE, [])).stimuli
      .filter(({ description }) => description.startsWith('direct '))
      .map(({ to }) => to);
  expect(new Set(await direct('linux-7.0'))).toEqual(new Set(['B']));
  expect(await direct('linux-6.18')).toEqual([]);
  expect(opsOf(parseScope(BESIDE)).map(({ name }) => name)).toEqual(['W', 'B', 'A']);
});
