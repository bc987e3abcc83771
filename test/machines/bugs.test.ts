import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { aftermath } from '../../src/cli/shared/bug/aftermath.js';
import { bugs } from '../../src/cli/shared/registry.js';
import { storyLines } from '../../src/cli/shared/render/storyLines.js';
import { CompiledSystem } from '../../src/interpret/compiledSystem.js';
import { check } from '../../src/search/check.js';
import { bruteForce } from '../networks/bruteForce.js';

/**
 * The shortest story of each bug, and the consequence in its file. Compare each with the report: these are the reported
 * calls, or the same calls with the livepatch first.
 */
const stories: Readonly<Record<string, readonly string[]>> = {
  // The ftrace-direct sample, then the function tracer: only the tracer runs.
  'direct-not-called': [
    '  1  add A 1               0',
    '  2  register A records 1  0; 1: (1) ..D A.a ran A.a',
    '  3  add T 1               0',
    '  4  register T records 1  0; 1: (2) ..D A.a ran T',
  ],
  // A livepatch, then a BPF program, which fails, as expected at that time. No outcome shows its entry, because the
  // function is not direct.
  'entry-stays': [
    '  1  add X 1               0',
    '  2  register X records 1  0; 1: (1) RI. - ran X',
    '  3  add A 1               0',
    '  4  register A records 1  -EBUSY',
  ],
  // An unreachable goal has no story; this is the end of an attempt.
  'kprobe-or-livepatch': ['  1  enable livepatch   0', '  2  register kprobe P  -EBUSY'],
  // A livepatch, fentry (the owner agrees), fexit (no owner is asked).
  'modify-does-not-ask': [
    '  1  add X 1               0',
    '  2  register X records 1  0; 1: (1) RI. - ran X',
    '  3  add W 1               0',
    '  4  register W records 1  0; W SELF 0; 1: (2) RID W.a ran X,W.a',
    '  5  modify W              0; 1: (2) RID W.b ran X,W.b',
  ],
  // The livepatch goes, and the last line has no W DISABLE.
  'owner-not-told': [
    '  1  add X 1                 0',
    '  2  register X records 1    0; 1: (1) RI. - ran X',
    '  3  add W 1                 0',
    '  4  register W records 1    0; W SELF 0; 1: (2) RID W.a ran X,W.a',
    '  5  unregister X records 1  0; 1: (1) R.D W.a ran W.a',
  ],
  // A livepatch, fexit: -EAGAIN, and the next try finds the entry that the first one left.
  'retry-is-busy': [
    '  1  add X 1               0',
    '  2  register X records 1  0; 1: (1) RI. - ran X',
    '  3  add B 1               0',
    '  4  register B records 1  -EAGAIN; B SELF -EAGAIN',
    '  5  register B records 1  -EBUSY',
  ],
  // Q, which has the post_handler, is unregistered first: at the end nothing has changed, and P is still hit.
  'wrong-ops-disarmed': [
    '  1  register kprobe Q    0',
    '  2  register kprobe P    0; 1: (1) RI. - ran original,P,Q',
    '  3  unregister kprobe Q  0; 1: (1) RI. - ran original,P',
    '  4  unregister kprobe P  0; WARN',
  ],
};

const all = await bugs();

test('every bug has its story in this test, and a file of its name', () => {
  const names = all.map(({ name }) => name);
  expect(names).toEqual(Object.keys(stories));
  const files = readdirSync(new URL('../../machines/bugs/', import.meta.url));
  expect(files.map((file) => file.replace(/\.ts$/, '')).sort()).toEqual(names);
});

describe.each(all)('$name', (bug) => {
  const { name, before, after } = bug;

  test('breaks its rule before the fix, by the calls of the report', async () => {
    const { compiled, exploration, rules, findings } = await check(before);
    expect(exploration.complete).toBe(true);
    expect(findings).toEqual([]);
    expect(rules.map(({ verdict }) => verdict)).toEqual(['broken']);
    const { path = [] } = rules[0]!;
    expect(storyLines(compiled, [...path, ...aftermath(bug)])).toEqual(stories[name]);
  });

  test('holds after the fix, on every path', async () => {
    const { exploration, rules, findings } = await check(after);
    expect(exploration.complete).toBe(true);
    expect(findings).toEqual([]);
    expect(rules.map(({ verdict }) => verdict)).toEqual(['holds']);
  });

  test('is about one rule, in one scope, with the same calls', () => {
    expect(after.rules).toEqual(before.rules);
    expect(after.scope).toEqual(before.scope);
    expect(after.stimuli.map(({ description }) => description)).toEqual(
      before.stimuli.map(({ description }) => description),
    );
  });

  test('its calls have another result after the fix', () => {
    const numbers = stories[name]!.map((line) =>
      after.stimuli.findIndex(({ description }) => line.includes(`  ${description}  `)),
    );
    const lines = storyLines(new CompiledSystem(after), numbers);
    // No outcome shows an entry that stays before the next call.
    if (name === 'entry-stays') expect(lines).toEqual(stories[name]);
    else expect(lines).not.toEqual(stories[name]);
  });

  test.each([before, after])('the brute-force explorer counts the same: $name', async (network) => {
    const { states, transitions, depth } = (await check(network)).exploration;
    expect({ states, transitions, depth }).toEqual(bruteForce(network));
  });

  test('names its sources', () => {
    expect(bug.description).toMatch(/^[A-Z].*\.$/);
    expect(bug.report).toMatch(/^[A-Z].*[.)]$/);
    expect(bug.source).toMatch(/\bmails? [\w.@-]{20,}/);
    expect(bug.fixedBy).toMatch(/^[0-9a-f]{12}$/);
    expect(bug.release).toMatch(/^\d+\.\d+$/);
  });
});
