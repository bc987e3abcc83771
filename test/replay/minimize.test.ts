import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minimize } from '../../src/replay/minimize.js';
import { allPaths } from '../../src/replay/replay.js';
import { modelOf, replayed, Simulated } from './simulated.js';

test('leaves exactly the needed calls, in their order', async () => {
  const calls = fc.array(fc.tuple(fc.string(), fc.boolean()), { maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(calls, async (drawn) => {
      const all = drawn.map(([name], i) => `${i} ${name}`);
      const needed = all.filter((_, i) => drawn[i]![1]);
      const shows = async (kept: readonly string[]) => needed.every((call) => kept.includes(call));
      expect(await minimize(all, shows)).toEqual(needed);
    }),
  );
});

/**
 * linux-6.1 stores the effect of a failed register, linux-6.12 does not. No path through the model's states shows that,
 * so the story of the difference must come from the path that was run.
 */
test('a difference that depends on hidden state of the kernel keeps all the calls that it needs', async () => {
  const model = await modelOf('linux-6.12', 'records=1,ipmodify=1,absent=1');
  const kernel = await modelOf('linux-6.1', 'records=1,ipmodify=1,absent=1');
  const machines = [new Simulated(kernel)];
  const { differences } = await replayed(model, { machines, paths: allPaths(model) });
  expect(differences.classes.size).toBeGreaterThan(0);
  for (const { reproducible, shortest } of differences.classes.values()) {
    expect(reproducible).toBe(true);
    const guest = new Simulated(kernel);
    await guest.reset();
    await guest.step('setup');
    for (const description of shortest.way) await guest.step(model.callOf(description)!);
    const last = await guest.step(shortest.call);
    expect(last).toMatchObject({ outcome: shortest.got });
  }
  // The shortest story: X excludes A, X is unregistered, A tries again.
  const [only] = differences.classes.values();
  expect(only!.shortest.way).toHaveLength(5);
});
