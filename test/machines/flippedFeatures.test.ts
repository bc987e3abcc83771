import { expect, test } from 'vitest';
import { networkOf } from '../../machines/design.js';
import { parseScope } from '../../machines/scopes.js';
import { designs } from '../../src/cli/shared/registry.js';
import { flipped, isSame } from '../../src/domain.js';
import { check } from '../../src/search/check.js';

const all = await designs();

/** For each feature in which two neighbouring designs differ: the earlier design with the value of the later one. */
const hybrids = all.slice(1).flatMap((design, i) => {
  const before = all[i]!;
  return Object.entries(design.features)
    .filter(
      ([name, value]) => !isSame(before.features[name as keyof typeof design.features], value),
    )
    .map(([name, value]) => ({
      title: `${before.name} with ${name} of ${design.name}`,
      design: flipped(before, { [name]: value }),
    }));
});

// `diff` plays stories in such designs to say which feature causes a difference.
test.each(hybrids)('$title is a design', async ({ design }) => {
  for (const scope of ['small', 'records=2,bpf=1,ipmodify=1,inuse=2']) {
    const { exploration } = await check(networkOf(design, parseScope(scope), []));
    expect(exploration.complete).toBe(true);
  }
});
