import type { Lts } from '../../src/replay/lts.js';

const besidesRecords = (outcome: string) => outcome.split(/; \d/)[0];

export const sortOf = (call: string, model: string, kernel: string): string =>
  `${call}: ${besidesRecords(model)} / ${besidesRecords(kernel)}`;

/**
 * Explores the product of two designs breadth-first while both have the same outcomes: an oracle without plans or
 * coverage. For each divergence class, by call and both outcomes without the records: the smallest state of the model
 * in which it occurs, and the steps to it. For scopes in which no order has an effect.
 */
export function sides(model: Lts, kernel: Lts): Map<string, { state: number; steps: number }> {
  const found = new Map<string, { state: number; steps: number }>();
  const calls = new Set(
    model.compiled.network.stimuli.map(({ description }) => model.callOf(description)!),
  );
  const queue: (readonly [here: number, there: number, steps: number])[] = [[0, 0, 0]];
  const known = new Set(['0 0']);
  for (const [here, there, steps] of queue)
    for (const call of calls) {
      const [mine] = model.moves(here, call);
      const [its] = kernel.moves(there, call);
      if (mine === undefined || its === undefined) continue;
      if (mine.outcome !== its.outcome) {
        const sort = sortOf(call, mine.outcome, its.outcome);
        if (here < (found.get(sort)?.state ?? Infinity)) found.set(sort, { state: here, steps });
      } else if (!known.has(`${mine.to} ${its.to}`)) {
        known.add(`${mine.to} ${its.to}`);
        queue.push([mine.to, its.to, steps + 1]);
      }
    }
  return found;
}
