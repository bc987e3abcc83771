import type { Action, Numbers, ScopeKey } from './client.js';
import { clients } from './clients.js';
import { clientScopeText, emptyScope } from './scopes.js';

/** The smallest scope whose actions include these steps, as text; undefined if no step is an action. */
export function scopeOfSteps(steps: readonly string[]): string | undefined {
  const scope: Record<string, number> = { ...emptyScope };
  for (const client of clients) {
    const actions = client.actions as (scope: Numbers) => readonly Action[];
    const keys = Object.entries<ScopeKey>(client.scope);
    const descriptions = (numbers: Numbers) =>
      new Set(actions({ ...emptyScope, ...numbers }).map(({ description }) => description));
    const all = descriptions(Object.fromEntries(keys.map(([key, { most }]) => [key, most])));
    const needed = steps.filter((step) => all.has(step));
    const smallest = combinations(keys).find((numbers) => {
      const some = descriptions(numbers);
      return needed.every((step) => some.has(step));
    });
    Object.assign(scope, smallest);
  }
  const text = clientScopeText(scope as typeof emptyScope);
  return text === '' ? undefined : text;
}

/** All numbers that the keys can have, those with a smaller sum first. */
function combinations(keys: readonly (readonly [string, ScopeKey])[]): Numbers[] {
  let all: Numbers[] = [{}];
  for (const [key, { most }] of keys)
    all = all.flatMap((numbers) =>
      Array.from({ length: most + 1 }, (_, number) => ({ ...numbers, [key]: number })),
    );
  const sum = (numbers: Numbers) => Object.values(numbers).reduce((a, b) => a + b, 0);
  return all.sort((a, b) => sum(a) - sum(b));
}
