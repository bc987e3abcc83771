import { expect, test } from 'vitest';
import { scopeOfSteps } from '../../machines/scopeOfSteps.js';
import { parseScope } from '../../machines/scopes.js';
import { Walk } from '../../src/explorer/walk.js';
import { network } from './networks.js';

test('attributes and misuse exclude each other', () => {
  expect(() => parseScope('ipmodify=1,attributes=1,misuse=1')).toThrow(/^RW010: .*exclude/);
});

test.each([
  [['register X'], 1],
  [['add X 1', 'register X records 1'], 0],
  [['add X 1', 'preset X permanent'], 1],
  [['reset W'], 1],
  [['register W', 'plain unregister W'], 0],
])('the scope of %j has attributes=%i', (steps, attributes) => {
  expect(parseScope(scopeOfSteps(steps)!).attributes).toBe(attributes);
});

test.each([
  ['add X 1; register X; add X 2', 0],
  ['add T 1; register T; remove T 1', 0],
  ['add W 1; register W; add W 2', 1],
  ['add W 1; register W; unregister W; add W 2', 0],
])('%s: the smallest scope has edits=%i, for live filters of direct ops only', (steps, edits) => {
  expect(parseScope(scopeOfSteps(steps.split('; '))!).edits).toBe(edits);
});

/** The errnos of calls in a design, or OOPS. */
async function errnosOf(design: string, scope: string, story: string): Promise<string> {
  const walk = new Walk(await network(design, scope, []));
  const calls = walk.network.stimuli.map(({ description }) => description);
  const steps = walk.stepsOf(story.split('; ').map((call) => calls.indexOf(call)));
  return steps.map(({ outcome }) => outcome[0]).join(' ');
}

const DIRECT = 'records=1,willing=1,sysctl=1,attributes=1';

test.each([
  ['linux-6.12', 'attributes', 'register X', 'OOPS'],
  ['linux-6.12', 'misuse', 'unregister X', 'OOPS'],
  ['linux-6.12', 'misuse', 'unregister W', '-EINVAL'],
  ['linux-6.1', 'misuse', 'unregister W', 'OOPS'],
  // ftrace_ops_init() runs first where owners are not asked before.
  ['proposal', 'attributes', 'register X', '-EINVAL'],
  [
    'linux-6.12',
    'attributes',
    'preset X permanent; add X 1; register X records 1; ftrace_enabled 0',
    '0 0 0 -EBUSY',
  ],
  [
    'linux-6.12',
    'attributes',
    'preset X permanent; add X 1; ftrace_enabled 0; register X records 1; reset X; register X records 1',
    '0 0 0 -EBUSY 0 0',
  ],
  // The flags are assigned, so PERMANENT is lost.
  [
    'linux-6.12',
    DIRECT,
    'preset W permanent; add W 1; register W records 1; ftrace_enabled 0',
    '0 0 0 0',
  ],
  [
    'linux-6.12',
    DIRECT,
    'add W 1; preset W func; register W records 1; reset W; register W records 1; remove W 1; add W 1; register W records 1',
    '0 0 -EINVAL 0 -EINVAL 0 0 0',
  ],
])('%s in scope %s: %s', async (design, scope, story, errnos) => {
  expect(await errnosOf(design, scope, story)).toBe(errnos);
});
