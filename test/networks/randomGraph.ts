import fc from 'fast-check';
import { setup } from 'xstate';
import type { Fairness, Network, Rule, SnapshotData, Stimulus } from '../../src/model/network.js';
import { lone } from './lone.js';

const STIMULI = 4;
const names = Array.from({ length: STIMULI }, (_, i) => `e${i}`);
const groups = fc.array(fc.constantFrom('a', 'b', 'c', undefined), {
  minLength: STIMULI,
  maxLength: STIMULI,
});

/** Fairness by a group for each stimulus. */
const fairness = fc
  .record({ weak: fc.option(groups, { freq: 2 }), strong: fc.option(groups, { freq: 2 }) })
  .map(({ weak, strong }): Fairness | undefined => {
    const groupBy = (all: readonly (string | undefined)[]) => (call: Stimulus) =>
      all[names.indexOf(call.message.type)];
    if (weak === null && strong === null) return undefined;
    return { ...(weak && { weak: groupBy(weak) }), ...(strong && { strong: groupBy(strong) }) };
  });

/**
 * One machine with up to seven states and any transitions between them, sometimes with terminal states, and rules about
 * whole paths.
 */
export const randomGraphs: fc.Arbitrary<Network<SnapshotData>> = fc
  .integer({ min: 2, max: 7 })
  .chain((size) => {
    const target = fc.option(fc.nat(size - 1), { freq: 2 });
    const region = fc.uniqueArray(fc.nat(size - 1), { maxLength: size });
    const small = fc.uniqueArray(fc.nat(size - 1), { minLength: 1, maxLength: 2 });
    return fc.record({
      targets: fc.array(fc.array(target, { minLength: STIMULI, maxLength: STIMULI }), {
        minLength: size,
        maxLength: size,
      }),
      rules: fc.array(fc.tuple(fc.option(small), region, fairness), { minLength: 3, maxLength: 6 }),
      ends: fc.option(small, { freq: 2 }),
    });
  })
  .map(({ targets, rules, ends }) => {
    const states = targets.map((row) => ({
      on: Object.fromEntries(
        row.flatMap((to, i) => (to === null ? [] : [[names[i]!, { target: `s${to}` }]])),
      ),
    }));
    // Never entered; it gives the machine every event type.
    const unreached = { on: Object.fromEntries(names.map((name) => [name, {}])) };
    const machine = setup({}).createMachine({
      initial: 's0',
      states: {
        ...Object.fromEntries(states.map((state, i) => [`s${i}`, state])),
        unreached,
      },
    });
    const isIn = (some: readonly number[]) => (world: SnapshotData) =>
      some.some((state) => world.value === `s${state}`);
    return lone(machine, names, {
      rules: rules.map(
        ([from, to, fair], i): Rule<SnapshotData> => ({
          ...{ id: `r${i}`, description: `rule ${i}`, source: 'chance' },
          ...(from === null
            ? { eventually: isIn(to) }
            : { leadsTo: { from: isIn(from), to: isIn(to) } }),
          ...(fair && { fair }),
        }),
      ),
      ...(ends && { isTerminal: isIn(ends) }),
    });
  });
