import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Interpreter } from '../../src/interpret/interpreter.js';
import type { Message, Network, Rule } from '../../src/model/network.js';
import { type Check, check } from '../../src/search/check.js';
import { isMutated, runs } from '../effort.js';
import { network } from '../machines/networks.js';
import { randomNetworks, rulesOn, seen } from '../networks/randomNetwork.js';

/** By rule: its break classes, with the number of transitions and the length of a shortest story. */
type Classes = ReadonlyMap<string, ReadonlyMap<string, readonly [count: number, length: number]>>;

const classesOf = <W>({ rules }: Check<W>): Classes =>
  new Map(
    rules.flatMap(({ rule, classes }) =>
      classes === undefined
        ? []
        : [
            [
              rule.id,
              new Map(
                classes.map(({ name, transitions, path }) => [name, [transitions!, path!.length]]),
              ),
            ],
          ],
    ),
  );

/** The same from the list of all transitions: judges each rule on each one, without a cache. */
async function listed<W>(made: Network<W>): Promise<Classes> {
  const { compiled, successors, exploration } = await check(
    { ...made, rules: [] },
    { keepTransitions: true },
  );
  const { visited, states, terminal } = exploration;
  const interpreter = new Interpreter(compiled);
  const beforeState = new Int32Array(compiled.components.length);
  const before = compiled.world(beforeState);
  const after = compiled.world(interpreter.state);
  const all = new Map<string, Map<string, [number, number]>>();
  const add = (rule: Rule<W>, name: string, length: number) => {
    const found = all.get(rule.id) ?? new Map<string, [number, number]>();
    all.set(rule.id, found);
    const [count, shortest] = found.get(name) ?? [0, length];
    found.set(name, [count + 1, Math.min(shortest, length)]);
  };
  const depth = (state: number) => visited.path(state).length;
  const parts = (rule: Rule<W>, world: W) =>
    rule.each ? rule.each(world).map((part) => rule.always!(world, part)) : [rule.always!(world)];
  const transitions: { from: number; to: number; stimulus: number }[] = [];
  for (let from = 0; from < states; from++)
    for (let entry = successors!.rowStart(from); entry < successors!.rowStart(from + 1); entry++)
      transitions.push({ from, to: successors!.to(entry), stimulus: successors!.stimulus(entry) });
  for (const rule of made.rules!) {
    let isLost = (_: number) => false;
    if (rule.recoverable) {
      const back = new Set<number>();
      for (let state = 0; state < states; state++) {
        visited.load(state, beforeState);
        if (rule.recoverable(before)) back.add(state);
      }
      for (let size = -1; size < back.size; ) {
        size = back.size;
        for (const { from, to } of transitions) if (back.has(to)) back.add(from);
      }
      isLost = (state) => !back.has(state) && !terminal.includes(state);
      if (isLost(0)) add(rule, '', 0);
    }
    visited.load(0, beforeState);
    if (rule.always && parts(rule, before).includes(false)) add(rule, '', 0);
    for (const { from, to, stimulus } of transitions) {
      visited.load(from, beforeState);
      interpreter.state.set(beforeState);
      expect(interpreter.step(stimulus)).toBe('quiescence');
      const emitted = interpreter.outputs();
      const call = made.stimuli[stimulus]!;
      const types = [...new Set(emitted.map(({ type }) => type))].join(', ');
      const name =
        made.breakClass?.(call, emitted) ?? `${call.message.type}: ${types || 'nothing emitted'}`;
      if (rule.always) {
        const were = parts(rule, before);
        if (parts(rule, after).every((is, i) => is || !were[i])) continue;
      } else if (rule.step) {
        const again = (): readonly Message[] | undefined => {
          const twin = new Interpreter(compiled);
          twin.state.set(interpreter.state);
          return twin.step(stimulus) === 'quiescence' ? twin.outputs() : undefined;
        };
        const changed = (component: string) => {
          const index = compiled.index(component, 'a test');
          return beforeState[index] !== interpreter.state[index];
        };
        if (rule.step({ before, after, emitted, call, changed, again })) continue;
      } else if (!rule.recoverable || isLost(from) || !isLost(to)) continue;
      add(rule, name, depth(from) + 1);
    }
  }
  return all;
}

test('random networks: every transition that breaks a rule is counted in its class', async () => {
  let classes = 0;
  await fc.assert(
    fc.asyncProperty(randomNetworks, seen, seen, fc.boolean(), async (plain, one, other, ends) => {
      const made = {
        ...plain,
        rules: rulesOn(one, other),
        ...(ends && { isTerminal: (w: { at(i: number): string }) => w.at(0) === other }),
      };
      const expected = await listed(made);
      expect(classesOf(await check(made))).toEqual(expected);
      expect(classesOf(await check(made, { reductions: 'on' }))).toEqual(expected);
      for (const found of expected.values()) classes += found.size;
    }),
    runs(30, 300),
  );
  if (!isMutated) expect(classes).toBeGreaterThan(100);
}, 600_000);

test.each([
  ['linux-6.12', 'records=2,ipmodify=2,willing=1,inuse=2'],
  ['linux-6.1', 'small'],
  ['proposal', 'records=2,ipmodify=1,willing=1'],
  ['linux-6.0', 'small'],
])(
  '%s in %s',
  async (design, scope) => {
    const made = await network(design, scope);
    const expected = await listed(made);
    expect(expected.size).toBeGreaterThan(1);
    expect(classesOf(await check(made))).toEqual(expected);
    expect(classesOf(await check(made, { reductions: 'on' }))).toEqual(expected);
  },
  600_000,
);

test('the class with the shortest story comes first, and is the story of the rule', async () => {
  const { rules } = await check(await network('linux-6.12', 'misuse'));
  for (const { classes, path } of rules) {
    if (classes === undefined) continue;
    const lengths = classes.map((one) => one.path!.length);
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    expect(path).toEqual(classes[0]!.path);
  }
});
