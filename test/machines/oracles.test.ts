import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { designs } from '../../src/cli/shared/registry.js';
import { check } from '../../src/search/check.js';
import { everyNth, IN_ALL, isExhaustive, runs } from '../effort.js';
import { bruteForce, bruteForceMemo } from '../networks/bruteForce.js';
import { network } from './networks.js';

const names = (await designs()).map((design) => design.name);

describe.each(names)('%s equals the brute-force explorer', (name) => {
  test.each(
    everyNth(2, [
      'records=2,ipmodify=1,willing=1',
      'records=1,ipmodify=2,bpf=1,absent=1,regs=1,edits=1',
    ]),
  )('that runs XState for every step, scope %s', { timeout: 600_000 }, async (scope) => {
    const { exploration } = await check(await network(name, scope, []));
    const { states, transitions, depth } = exploration;
    expect({ states, transitions, depth }).toEqual(bruteForce(await network(name, scope, [])));
  });

  const scopes = fc.record({
    records: fc.constantFrom(1, 2),
    ipmodify: fc.constantFrom(0, 1, 2),
    willing: fc.constantFrom(0, 1),
    refusing: fc.constantFrom(0, 1),
    bpf: fc.constantFrom(1, 2),
    absent: fc.constantFrom(0, 1),
    regs: fc.constantFrom(0, 1),
    tracer: fc.constantFrom(0, 1),
    inuse: fc.constantFrom(1, 2),
    edits: fc.constantFrom(0, 1),
  });

  test('that caches answers, in random scopes', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(scopes, async (drawn) => {
        const scope = Object.entries(drawn)
          .map(([key, value]) => `${key}=${value}`)
          .join();
        const { exploration } = await check(await network(name, scope, []), { maxStates: 20_000 });
        fc.pre(exploration.complete);
        const { states, transitions, depth } = exploration;
        expect({ states, transitions, depth }).toEqual(
          bruteForceMemo(await network(name, scope, [])),
        );
      }),
      runs(1, 6),
    );
  });
});

test('linux-6.12 with three records equals the brute-force explorer that caches answers', {
  timeout: 600_000,
}, async ({ skip }) => {
  skip(!isExhaustive, `brute force over a big scope: ${IN_ALL}`);
  const scope = 'records=3,ipmodify=2,willing=1,absent=1';
  const { exploration } = await check(await network('linux-6.12', scope, []));
  const { states, transitions, depth } = exploration;
  expect({ states, transitions, depth }).toEqual(
    bruteForceMemo(await network('linux-6.12', scope, [])),
  );
});
