import { expect, test } from 'vitest';
import { networkOf } from '../../machines/design.js';
import { parseScope } from '../../machines/scopes.js';
import { designNamed, fixes } from '../../src/cli/shared/registry.js';
import { storyLines } from '../../src/cli/shared/render/storyLines.js';
import { flipped } from '../../src/domain.js';
import { CompiledSystem } from '../../src/interpret/compiledSystem.js';

const all = await fixes();
const SCOPE = 'records=2,ipmodify=2,willing=1,refusing=1,bpf=1,absent=1,tracer=1,regs=1';

/** The outcome of the last call of a story in a design with these fixes, with the facts that only the model has. */
async function lastOf(design: string, story: string, changes: readonly string[], aside: boolean) {
  const changed = all.filter(({ name }) => changes.includes(name)).map(({ change }) => change);
  expect(changed).toHaveLength(changes.length);
  const calls = story.split('; ');
  const scope = parseScope(calls[0]!.startsWith('1: ') ? 'callers' : SCOPE);
  const network = networkOf(flipped(await designNamed(design), ...changed), scope, []);
  const path = calls.map((call) =>
    network.stimuli.findIndex(({ description }) => description === call),
  );
  expect(path, story).not.toContain(-1);
  const line = storyLines(new CompiledSystem(network), path, aside).at(-1)!;
  return line.slice(line.indexOf(calls.at(-1)!) + calls.at(-1)!.length).trim();
}

/** Sets a filter and registers the ops. */
const on = (ops: string, ...records: readonly number[]) =>
  [...records.map((r) => `add ${ops} ${r}`), `register ${ops} records ${records}`].join('; ');
const setX = 'add X 1; add X 2';

/** By the change: a design, a story, and its last outcome without the change and with it. */
const CASES: readonly (readonly [string, string, string, string, string])[] = [
  // R refuses after W agreed: only W is sent DISABLE. If R is asked first, no owner agreed.
  [
    'notify-on-failure',
    'linux-6.12',
    `${on('W', 1)}; ${on('R', 2)}; ${setX}; register X records 1,2`,
    '-EBUSY; W PEER 0; R PEER -EBUSY',
    '-EBUSY; W PEER 0; R PEER -EBUSY; W DISABLE 0',
  ],
  [
    'notify-on-failure',
    'linux-6.12',
    `${on('W', 1)}; ${on('R', 2)}; ${setX}; register X records 2,1`,
    '-EBUSY; R PEER -EBUSY',
    '-EBUSY; R PEER -EBUSY',
  ],
  [
    'notify-on-failure',
    'linux-6.12',
    `${on('W', 1, 2)}; ${on('Y', 2)}; ${setX}; register X records 1,2`,
    '-EBUSY; W PEER 0; W PEER 0',
    '-EBUSY; W PEER 0; W PEER 0; W DISABLE 0; W DISABLE 0',
  ],
  [
    'notify-on-failure',
    'proposal',
    `${on('W', 1)}; ${on('R', 2)}; ${setX}; register X records 1,2`,
    '-EBUSY; W PEER 0; R PEER -EBUSY',
    '-EBUSY; W PEER 0; R PEER -EBUSY; W DISABLE 0',
  ],
  [
    'notify-on-failure',
    'proposal',
    `${on('W', 1)}; ${on('R', 2)}; ${setX}; register X records 2,1`,
    '-EBUSY; R PEER -EBUSY',
    '-EBUSY; R PEER -EBUSY',
  ],
  // One DISABLE for an ops, and only by register, only where no IPMODIFY ops is.
  [
    'notify-on-register',
    'linux-6.12',
    on('W', 1, 2),
    '0; 1: (1) R.D W.a ran W.a; 2: (1) R.D W.a ran W.a',
    '0; W DISABLE 0; 1: (1) R.D W.a ran W.a; 2: (1) R.D W.a ran W.a',
  ],
  [
    'notify-on-register',
    'linux-6.12',
    `${on('X', 1)}; ${on('W', 1, 2)}`,
    '0; W SELF 0; 1: (2) RID W.a ran X,W.a; 2: (1) R.D W.a ran W.a',
    '0; W SELF 0; 1: (2) RID W.a ran X,W.a; 2: (1) R.D W.a ran W.a',
  ],
  [
    'notify-on-register',
    'linux-6.12',
    `${on('X', 1)}; ${on('B', 1)}`,
    '-EAGAIN; B SELF -EAGAIN',
    '-EAGAIN; B SELF -EAGAIN',
  ],
  [
    'notify-on-register',
    'linux-6.12',
    `${on('W', 1)}; modify W`,
    '0; 1: (1) R.D W.b ran W.b',
    '0; 1: (1) R.D W.b ran W.b',
  ],
  [
    'notify-on-register',
    'linux-6.12',
    `${on('W', 1)}; unregister W records 1`,
    '0; 1: (0) ... - ran -',
    '0; 1: (0) ... - ran -',
  ],
  [
    'notify-on-register',
    'linux-7.0',
    `${on('X', 1)}; add W 1; add W 2; register W records 1,2`,
    '0; W SELF(1) 0; 1: (2) RID W.a ran X,W.a; 2: (1) R.D W.a ran W.a',
    '0; W SELF(1) 0; W DISABLE(2) 0; 1: (2) RID W.a ran X,W.a; 2: (1) R.D W.a ran W.a',
  ],
  // A filter change asks about the records that it adds, as register does.
  [
    'ask-on-growth',
    'linux-6.12',
    `${on('X', 1)}; ${on('W', 2)}; add X 2`,
    '0; 2: (2) RID W.a ran X,W.a',
    '0; W PEER 0; 2: (2) RID W.a ran X,W.a',
  ],
  [
    'ask-on-growth',
    'linux-6.12',
    `${on('X', 1)}; ${on('R', 2)}; add X 2`,
    '0; 2: (2) RID R.a ran X,R.a',
    '-EBUSY; R PEER -EBUSY',
  ],
  [
    'ask-on-growth',
    'linux-6.12',
    `${on('W', 1)}; ${on('X', 1, 2)}; remove X 2`,
    '0; 2: (0) ... - ran -',
    '0; 2: (0) ... - ran -',
  ],
  [
    'ask-on-growth',
    'linux-6.12',
    `${on('T', 1)}; ${on('R', 2)}; add T 2`,
    '0; 2: (2) R.D R.a ran R.a,T',
    '0; 2: (2) R.D R.a ran R.a,T',
  ],
  ['ask-on-growth', 'linux-6.12', `${on('W', 1)}; ${on('X', 1)}; remove X 1`, '-EINVAL', '-EINVAL'],
  [
    'notify-on-shrink',
    'linux-6.12',
    `${on('W', 1)}; ${on('X', 1, 2)}; remove X 1`,
    '0; 1: (1) R.D W.a ran W.a',
    '0; W DISABLE 0; 1: (1) R.D W.a ran W.a',
  ],
  [
    'notify-on-shrink',
    'linux-6.12',
    `${on('W', 1)}; ${on('X', 1, 2)}; remove X 2`,
    '0; 2: (0) ... - ran -',
    '0; 2: (0) ... - ran -',
  ],
  [
    'notify-on-shrink',
    'linux-6.12',
    `${on('W', 1)}; ${on('X', 2)}; add X 1`,
    '0; 1: (2) RID W.a ran X,W.a',
    '0; 1: (2) RID W.a ran X,W.a',
  ],
  [
    'notify-on-shrink',
    'linux-6.12',
    `${on('W', 1)}; ${on('T', 1, 2)}; remove T 1`,
    '0; 1: (1) R.D W.a ran W.a',
    '0; 1: (1) R.D W.a ran W.a',
  ],
  [
    'notify-after-last-only',
    'linux-6.12',
    `${on('W', 1, 2)}; ${on('X', 1)}; ${on('Y', 2)}; unregister X records 1`,
    '0; W DISABLE 0; 1: (1) R.D W.a ran W.a',
    '0; 1: (1) R.D W.a ran W.a',
  ],
  [
    'notify-after-last-only',
    'linux-6.12',
    `${on('W', 1, 2)}; ${on('X', 1)}; ${on('Y', 2)}; unregister X records 1; unregister Y records 2`,
    '0; W DISABLE 0; 2: (1) R.D W.a ran W.a',
    '0; W DISABLE 0; 2: (1) R.D W.a ran W.a',
  ],
  [
    'notify-after-last-only',
    'linux-6.12',
    `${on('W', 1)}; ${on('B', 2)}; ${on('X', 1)}; ${on('Y', 2)}; unregister X records 1`,
    '0; W DISABLE 0; 1: (1) R.D W.a ran W.a',
    '0; W DISABLE 0; 1: (1) R.D W.a ran W.a',
  ],
  // The facts include the cost of the walk over the list, which visits direct ops and others.
  [
    'check-before-asking',
    'linux-6.12',
    `${on('W', 1)}; ${on('X', 1)}; ${on('Y', 1)}`,
    '-EBUSY; W PEER 0 (looks for a direct ops on 1, 2 ops on the list)',
    '-EBUSY',
  ],
  [
    'check-before-asking',
    'linux-6.12',
    `${on('T', 1)}; ${on('W', 2)}; ${on('X', 1)}`,
    '0; 1: (2) RI. - ran X,T (looks for a direct ops on 1, 2 ops on the list)',
    '0; 1: (2) RI. - ran X,T',
  ],
  [
    'check-before-asking',
    'linux-6.12',
    `${on('T', 1)}; ${on('W', 1)}; ${on('X', 1)}`,
    '0; W PEER 0; 1: (3) RID W.a ran X,W.a,T (looks for a direct ops on 1, 2 ops on the list)',
    '0; W PEER 0; 1: (3) RID W.a ran X,W.a,T (looks for a direct ops on 1, 2 ops on the list)',
  ],
  [
    'ask-on-modify',
    'linux-6.0',
    `${on('X', 1)}; ${on('W', 1, 2)}; modify W`,
    '0; 1: (2) RID W.b ran X,W.b; 2: (1) R.D W.b ran W.b',
    '0; W SELF 0; 1: (2) RID W.b ran X,W.b; 2: (1) R.D W.b ran W.b',
  ],
  [
    'ask-on-modify',
    'linux-6.0',
    `${on('X', 1)}; ${on('R', 2)}; add X 2; modify R`,
    '0; 2: (2) RID R.b ran X,R.b',
    '-EBUSY; R SELF -EBUSY',
  ],
  [
    'ask-on-direct',
    'proposal',
    `${on('X', 1)}; ${on('R', 1)}`,
    '0; 1: (2) RID R.a ran X,R.a',
    '-EBUSY; R SELF -EBUSY',
  ],
  [
    'ask-on-direct',
    'proposal',
    `${on('X', 1)}; ${on('R', 2)}`,
    '0; 2: (1) R.D R.a ran R.a',
    '0; 2: (1) R.D R.a ran R.a',
  ],
  [
    'notify-on-unregister',
    'proposal',
    `${on('W', 1)}; ${on('B', 2)}; ${on('X', 1, 2)}; unregister X records 1,2`,
    '0; 1: (1) R.D W.a ran W.a; 2: (1) R.D B.a ran B.a',
    '0; W DISABLE 0; B DISABLE 0; 1: (1) R.D W.a ran W.a; 2: (1) R.D B.a ran B.a',
  ],
  [
    'recount-without-leaving',
    'linux-6.12',
    `${on('T', 1)}; ${on('X', 1, 2)}; remove X 1`,
    '0; 1: (1) R.. - ran T',
    '0; 1: (1) ... - ran T',
  ],
  [
    'recount-without-leaving',
    'linux-6.12',
    `${on('S', 1)}; ${on('X', 1, 2)}; remove X 1`,
    '0; 1: (1) R.. - ran S',
    '0; 1: (1) R.. - ran S',
  ],
  [
    'consent-per-record',
    'linux-6.12',
    `${on('W', 1, 2)}; ${on('X', 1)}`,
    '0; W PEER 0; 1: (2) RID W.a ran X,W.a',
    '0; W PEER(1) 0; 1: (2) RID W.a ran X,W.a',
  ],
  [
    'consent-per-record',
    'linux-6.12',
    `${on('X', 1, 2)}; ${on('B', 1, 2)}; register B records 1,2`,
    '0; B SELF 0; B SELF 0; 1: (2) RID B.a ran X,B.a; 2: (2) RID B.a ran X,B.a',
    '-EAGAIN; B SELF(1) 0; B SELF(2) -EAGAIN',
  ],
  [
    'ask-per-record',
    'linux-6.12',
    `${on('X', 1)}; ${on('W', 2)}; add X 2`,
    '0; 2: (2) RID W.a ran X,W.a',
    '0; W PEER 0; 2: (2) RID W.a ran X,W.a',
  ],
  [
    'ask-per-record',
    'linux-6.12',
    `${on('W', 1)}; ${on('X', 1)}; ${on('Y', 1)}`,
    '-EBUSY; W PEER 0',
    '-EBUSY',
  ],
  [
    'direct-without-ipmodify',
    'exclusive',
    on('W', 1),
    '0; 1: (1) RID W.a ran W.a',
    '0; 1: (1) R.D W.a ran W.a',
  ],
  [
    'clear-on-failure',
    'linux-6.1',
    `${on('X', 1)}; ${on('A', 1)}; unregister X records 1; register A records 1`,
    '-EINVAL',
    '0; 1: (1) R.D A.a ran A.a',
  ],
  [
    'keep-direct-mutex',
    'linux-6.12',
    '1: add X 1; 1: register X records 1; 1: add L 1; 1: register L records 1; 1 goes on; 1: unregister X records 1',
    'stopped at direct_mutex; 1: (1) R.D L.a ran L.a',
    '0; L DISABLE 0; 1: (1) R.D L.a ran L.a',
  ],
  [
    'wait-for-owners',
    'linux-6.12',
    '1: add X 1; 1: add L 1; 1: register L records 1; 1 goes on; 1: unregister L records 1; 2: register X records 1',
    '-EAGAIN; L PEER -EAGAIN',
    'stopped at the lock of an owner; L PEER -EAGAIN',
  ],
];

test.each(CASES)('%s in %s: %s', async (change, design, story, without, withIt) => {
  // Nothing else shows how far the walk over the list of ops goes.
  const aside = change === 'check-before-asking';
  expect(await lastOf(design, story, [], aside)).toBe(without);
  expect(await lastOf(design, story, [change], aside)).toBe(withIt);
});

test('every fix has a story in this test that shows its effect', () => {
  const shown = CASES.filter(([, , , without, withIt]) => without !== withIt);
  expect([...new Set(shown.map(([change]) => change))].sort()).toEqual(
    all.map(({ name }) => name).sort(),
  );
});
