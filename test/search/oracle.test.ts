import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { type Check, type CheckOptions, check } from '../../src/search/check.js';
import { Checkpoint } from '../../src/search/checkpoint.js';
import { isExhaustive, runs } from '../effort.js';
import { type Judgement, monitor, sorted } from '../networks/bruteForce.js';
import { networksWithTwins } from '../networks/twins.js';

const tries = runs(100, 3_000);
/** The maximum number of states, so that brute force is fast. */
const MANY = 1_500;

const folder = mkdtempSync(join(tmpdir(), 'recwalk-test-'));
const file = join(folder, 'kept');
afterAll(() => rmSync(folder, { recursive: true }));

/** The results of the engine in the form of the oracle. */
function judgement<W>({
  exploration,
  rules,
  findings,
}: Check<W>): Omit<Judgement, 'depth' | 'terminated'> {
  const { states, transitions } = exploration;
  return {
    states,
    transitions,
    rules: rules.map(({ rule, verdict, path, missed, classes = [] }) => ({
      ...{ id: rule.id, verdict },
      ...(path && { length: path.length }),
      ...(missed && { missed }),
      ...(path && {
        classes: Object.fromEntries(
          classes.map(({ name, transitions, path }) => [name, [transitions!, path!.length]]),
        ),
      }),
    })),
    findings: sorted(
      findings.map(({ kind, description, path }) => [kind, description, path.length]),
    ),
  };
}

test('random networks: the engine has the counts, verdicts and findings of brute force', async () => {
  const seen = new Map<string, number>();
  const note = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(
      networksWithTwins,
      fc.constantFrom('off', 'on'),
      fc.integer({ min: 1, max: 30 }),
      fc.constantFrom(1, 4, 16),
      async (network, reductions, maxStates, sleepSetThreshold) => {
        const plain = await check(network, { maxStates: MANY, sleepSetThreshold });
        fc.pre(plain.exploration.complete);
        const { depth, terminated, shows, ...expected } = monitor(network);
        expect(judgement(plain)).toEqual(expected);
        expect(plain.exploration.depth).toBe(depth);
        for (const { rule, path } of plain.rules) if (path) expect(shows(rule.id, path)).toBe(true);
        for (const { description, path } of plain.findings)
          expect(shows(description, path)).toBe(true);

        const reduced = await check(network, { reductions: 'on' });
        expect(judgement(reduced)).toEqual(expected);

        const kept = (more: CheckOptions) =>
          check(network, {
            ...{ reductions, sleepSetThreshold, ...more },
            checkpoint: new Checkpoint(file, 'test'),
          });
        rmSync(file, { force: true });
        await kept({ maxStates });
        expect(judgement(await kept({}))).toEqual(expected);

        for (const [i, { verdict, length = 0 }] of expected.rules.entries()) {
          const rule = network.rules![i]!;
          const kind = (['each', 'always', 'step', 'possible', 'recoverable'] as const).find(
            (kind) => rule[kind],
          );
          note(`${kind} ${verdict}`);
          if (length > 2) note('a long story');
        }
        for (const [kind] of expected.findings) note(kind);
        if (network.isTerminal) note('ends');
        if (terminated > 0) note('terminated');
        for (const { description, because } of reduced.reductions)
          note(`${because === undefined ? 'used' : 'refused'}: ${description.split(/ of |,/)[0]}`);
      },
    ),
    tries,
  );
  // The test proves nothing if all were broken, or if some kind was never drawn, as can happen in a few runs.
  if (!isExhaustive) return;
  const rules = ['each', 'always', 'step', 'possible', 'recoverable'];
  for (const what of rules.flatMap((rule) => [`${rule} holds`, `${rule} broken`]))
    expect(seen.get(what) ?? 0, what).toBeGreaterThan(tries.numRuns / 100);
  for (const what of ['a long story', 'unhandled', 'livelock', 'deadlock', 'ends', 'terminated'])
    expect(seen.get(what) ?? 0, what).toBeGreaterThan(0);
});
