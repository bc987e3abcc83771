import { describe, expect, test } from 'vitest';
import { createMachine, getInitialSnapshot } from 'xstate';
import { networkOf } from '../../../machines/design.js';
import { parseScope } from '../../../machines/scopes.js';
import { designNamed } from '../../../src/cli/shared/registry.js';
import { contextOf } from '../../../src/export/machine.js';
import { json, networkJson } from '../../../src/export/to/json.js';
import { oddChart } from '../drawings.js';
import { all, raw, statesIn } from '../shown.js';

describe.each(all)('$name', (shown) => {
  test("XState's createMachine makes the same machine of it", () => {
    const text = json(shown, ['one line', 'and one more']);
    const machine = createMachine(JSON.parse(text));
    expect(machine.config.description).toBe('one line\nand one more');
    expect(statesIn(machine)).toEqual(statesIn(shown.machine));
    expect(raw(machine)).toEqual(raw(shown.machine));
    expect(getInitialSnapshot(machine).context).toEqual(contextOf(shown));
  });
});

test('a design has the machine of each component, its sources, and the life of a record', async () => {
  const network = networkOf(await designNamed('linux-6.12'), parseScope('small'), []);
  const json = JSON.parse(networkJson(network, oddChart));
  expect(json.scope).toEqual(network.scope);
  expect(json.components.map(({ name }: { name: string }) => name)).toEqual(
    network.components.map(({ name }) => name),
  );
  for (const [i, { machine, input }] of network.components.entries()) {
    const { machine: id, context } = json.components[i];
    expect(context).toEqual(getInitialSnapshot(machine, input).context);
    expect(raw(createMachine(json.machines[id]))).toEqual(raw(machine));
  }
  const { description, ...life } = oddChart;
  expect(json).toMatchObject({ description, life });
});
